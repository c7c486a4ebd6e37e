using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>Every field error has a reason code that programs can translate.</summary>
public sealed class FieldReasonTests
{
    [Test]
    public void Sentences_HaveAReason()
    {
        Assert.That(SourceGuards.Refusals(Product.Sources).Select(r => r.Sentence).Distinct().ToList(), Has.Count.GreaterThan(40));
        SourceGuards.RefusalsHaveAReason(Product.Sources).ShouldBeEmpty();
    }

    [Test]
    public async Task Refusals_CarryTheReasonsBesideTheSentences()
    {
        using var user = await TestApp.Current.NewUserAsync();
        var answer = (await user.PatchAsync("/users/me", new { name = new string('n', 101), locale = "Klingon" })).ShouldFail(
            400,
            "validation_failed"
        );
        var reasons = answer.Json["reasons"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)reasons["name"]![0]!["code"], Is.EqualTo("too_long"), answer.Text);
            Assert.That((int?)reasons["name"]![0]!["max"], Is.EqualTo(100));
            Assert.That((string?)reasons["locale"]![0]!["code"], Is.EqualTo("not_a_locale"));
            Assert.That(reasons.AsObject().Select(r => r.Key), Is.EquivalentTo(answer.Json["errors"]!.AsObject().Select(e => e.Key)));
        });
        Assert.That((await user.GetAsync("/nowhere")).Json["reasons"], Is.Null);
    }
}
