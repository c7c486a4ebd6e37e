using Roundtable.Application.Accounts;
using Roundtable.Application.Common;

namespace Roundtable.Tests.Unit;

/// <summary>An export contains the data of all features, each under its name.</summary>
public sealed class AccountContentsTests
{
    [Test]
    public async Task OfFeatures_ReadsTheDataOfEachFeature()
    {
        var held = await new AccountContents(null!, null!, [new Data("notes"), new Data("invoices")]).OfFeaturesAsync(
            "ada",
            CancellationToken.None
        );

        Assert.That(held.Keys, Is.EqualTo(new[] { "invoices", "notes" }));
        Assert.That(held["notes"], Is.EqualTo(new[] { "notes of ada" }));
    }

    [Test]
    public async Task OfFeatures_IsEmpty_WhenThereAreNone() =>
        Assert.That(await new AccountContents(null!, null!, []).OfFeaturesAsync("ada", CancellationToken.None), Is.Empty);

    private sealed class Data(string name) : IAccountData
    {
        public string Name => name;

        public Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<object>>([$"{name} of {userId}"]);
    }
}
