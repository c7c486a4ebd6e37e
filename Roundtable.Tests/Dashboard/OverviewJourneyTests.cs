using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The overview: numbers with their change, each leading to the list behind it.</summary>
public sealed class OverviewJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Numbers_SayTheirChange_AndLeadToTheListsBehindThem()
    {
        using var admin = await App.SignInAsAdminAsync();
        (await admin.PatchAsync("/users/me", new { timeZone = "Asia/Tokyo" })).ShouldSucceed();
        using var stranger = App.NewBrowser();
        (await stranger.PostAsync("/auth/sign-in", new { email = TestApp.NewEmail(), password = "not the password" })).ShouldFail(
            401,
            "invalid_credentials"
        );
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin?days=7");
        await Expect(page.GetByText("none before").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Sign-ins by method" })).ToContainTextAsync("External login");
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "The figures of the charts" })).ToContainTextAsync("External login");
        await Link(page, "Sign-ups").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/users\\?createdFrom=\\d{4}-\\d{2}-\\d{2}&createdTo=\\d{4}-\\d{2}-\\d{2}$"));
        await page.GoBackAsync();
        await Link(page, "Mails failed").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/emails\\?status=failed$"));
        await page.GoBackAsync();

        // The statistics' days are UTC: in Tokyo they begin at nine.
        await Link(page, "Failed sign-ins").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/audit\\?action=signIn.failed&from=[\\d-]+T09%3A00&to=[\\d-]+T09%3A00$"));
        await Expect(page.GetByText(new Regex("^Sign-in as .* failed")).First).ToBeVisibleAsync();
    }

    [Test]
    public async Task Numbers_AreNoLinks_ToListsThatTheUserMayNotSee()
    {
        using var staff = await App.NewStaffAsync(Permissions.UsersList);
        var page = await Screen.OpenAsync(staff);
        await page.GotoAsync("/admin");
        await Expect(Link(page, "Sign-ups")).ToBeVisibleAsync();
        await Expect(page.GetByText("Mails failed", new() { Exact = true }).First).ToBeVisibleAsync();
        foreach (var hidden in (string[])["Sign-ins", "Failed sign-ins", "Bans", "Mails sent", "Mails failed"])
        {
            await Expect(Link(page, hidden)).ToHaveCountAsync(0);
        }
    }

    private static ILocator Link(IPage page, string label) =>
        page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^{label}: [\\d,]+, show them$") });
}
