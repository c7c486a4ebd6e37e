using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Configured profile fields: users edit their own, and admins edit the fields for admins.</summary>
public sealed class ProfileFieldJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task CustomFields_CanBeEdited_ByTheUserAndByAnAdmin()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(user, "de-DE");
        await page.GotoAsync("/account/profile");
        await page.Field("Firma").FillAsync("Engines");
        await page.GetByLabel("Score").FillAsync("9.5");
        await page.Button("Speichern").ClickAsync();
        await page.ShowsAsync("Ihr Profil ist gespeichert.");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Plan" })).ToBeDisabledAsync();
        Assert.That(await ExtraAsync(user), Is.EqualTo("""{"company":"Engines","plan":null,"score":9.5}"""));

        var other = await Screen.OpenAsync(admin);
        await other.GotoAsync($"/admin/users/{user.UserId}?tab=profile");
        await other.GetByRole(AriaRole.Combobox, new() { Name = "Plan" }).ClickAsync();
        await other.GetByRole(AriaRole.Option, new() { Name = "pro" }).ClickAsync();
        await other.Section("Profile").Button("Save").ClickAsync();
        await other.ShowsAsync("The user is saved.");
        Assert.That(await ExtraAsync(user), Is.EqualTo("""{"company":"Engines","plan":"pro","score":9.5}"""));
        await other.Button("Undo").ClickAsync();
        await Expect(other.Button("Undo")).Not.ToBeVisibleAsync();
        Assert.That(await ExtraAsync(user), Is.EqualTo("""{"company":"Engines","plan":null,"score":9.5}"""));
    }

    private static async Task<string> ExtraAsync(Browser user) =>
        (await user.GetAsync("/users/me")).ShouldSucceed().Data["profile"]!["extra"]!.ToJsonString();
}
