using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Roles say what they allow, to whom, and which of it is dangerous.</summary>
public sealed class RoleJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Role_IsUnderstood_Duplicated_AndLeadsToItsUsers()
    {
        using var admin = await App.SignInAsAdminAsync();
        var role = await App.NewRoleAsync("users:list", "users:read", "users:ban");
        using var support = await App.SignInAsync(TestApp.NewEmail("support"));
        await App.GiveAsync(support.UserId, role);
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/roles");
        var card = page.Section(role);
        await Expect(card).ToContainTextAsync("Can ban users, find users and see users’ details.");
        await Expect(card.GetByText("Powerful")).ToHaveCountAsync(0);
        await Expect(page.Section("admin")).ToContainTextAsync("Can do everything.");
        await Expect(page.Section("user")).ToContainTextAsync("Every user has it");
        await card.Button("Show the permissions (3)").ClickAsync();
        await Expect(card.GetByText("Ban users and lift bans")).ToBeVisibleAsync();

        await card.Button($"Duplicate {role}").ClickAsync();
        var dialog = page.OpenDialog();
        await dialog.Field("Name").FillAsync($"{role}-too");
        await Expect(dialog.GetByText("Takes over accounts by a new password.")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("Give it to few")).ToHaveCountAsync(0);
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "users:set-password" }).CheckAsync();
        await Expect(dialog.GetByText("Give it to few")).ToBeVisibleAsync();
        await dialog.Button("Save").ClickAsync();
        var copy = page.Section($"{role}-too");
        await Expect(copy).ToContainTextAsync("Can ban users, find users, see users’ details and set users’ passwords.");
        await Expect(copy.GetByText("Powerful")).ToBeVisibleAsync();
        await Expect(copy).ToContainTextAsync("No user has it");

        await card.GetByRole(AriaRole.Link, new() { Name = "1 user", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/admin/users\\?role={role}$"));
        await page.ShowsHeadingAsync("Users");
        await page.ShowsAsync("1 user");
    }
}
