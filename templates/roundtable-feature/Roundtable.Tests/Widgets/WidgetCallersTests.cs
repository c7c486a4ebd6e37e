using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Widgets;

/// <summary>ASP.NET Core Identity's data about the caller is current on the very next request.</summary>
public sealed class WidgetCallersTests
{
    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Caller_HasCurrentClaims_OnEachRequest()
    {
        using var person = await App.NewUserAsync();
        var before = (await person.GetAsync($"{WidgetsFeature.Own}/caller")).ShouldSucceed().Data;
        Assert.That(
            ((string?)before["id"], (bool)before["isAdmin"]!, (bool)before["readsAll"]!),
            Is.EqualTo((person.UserId, false, false))
        );

        (await person.PatchAsync("/users/me", new { name = "Renamed" })).ShouldSucceed();
        await App.GiveAsync(person.UserId, Role.AdminName);

        var after = (await person.GetAsync($"{WidgetsFeature.Own}/caller")).ShouldSucceed().Data;
        Assert.That(((string?)after["name"], (bool)after["isAdmin"]!, (bool)after["readsAll"]!), Is.EqualTo(("Renamed", true, true)));
    }
}
