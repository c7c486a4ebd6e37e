using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>What an installation still needs, on the overview, and the findings on the system page.</summary>
public sealed class SetupJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Checklist_TestsTheMail_IsHidden_AndComesBack_WhenSomethingBecomesUndone()
    {
        using var staff = await App.NewStaffAsync("users:list", "system:read", "emails:read", "emails:retry");
        var page = await Screen.OpenAsync(staff);
        // This one is done, until it is not.
        var (from, to) = ("degraded", "healthy");
        await page.RouteAsync("**/admin/health/setup", async route =>
        {
            var answer = await route.FetchAsync();
            var text = Regex.Replace(await answer.TextAsync(), $"(\"name\":\"retention\",\"status\":)\"{from}\"", $"$1\"{to}\"");
            await route.FulfillAsync(new() { Response = answer, Body = text });
        });
        await page.GotoAsync("/admin");
        var card = page.Section("Set up this installation");
        await Expect(card.GetByText("docs/operations.md#backup")).ToBeVisibleAsync();
        await Expect(card.GetByText("Retention decided")).Not.ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Show what is done" }).ClickAsync();
        await Expect(card.GetByText("Retention decided")).ToBeVisibleAsync();
        await card.Button("Send me a test mail").ClickAsync();
        await Expect(card.GetByText("It was accepted.")).ToBeVisibleAsync();

        await card.Button("Hide").ClickAsync();
        await Expect(card).Not.ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.ShowsHeadingAsync("Overview");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(card).Not.ToBeVisibleAsync();
        (from, to) = ("degraded", "degraded");
        await page.ReloadAsync();
        await Expect(card.GetByText("Retention decided")).ToBeVisibleAsync();

        await page.GotoAsync("/admin/system");
        var findings = page.Section("Findings");
        await Expect(findings.GetByText("App:PublicUrl").First).ToBeVisibleAsync();
        await findings.Button("Check again").ClickAsync();
        await Expect(findings.Button("Check again")).ToBeEnabledAsync();
        await Expect(card).ToBeVisibleAsync();
    }

    [Test]
    public async Task Checklist_IsNotShown_WithoutThePermission()
    {
        using var staff = await App.NewStaffAsync("users:list");
        var page = await Screen.OpenAsync(staff);
        var asked = 0;
        page.Request += (_, r) => asked += r.Url.Contains("/admin/health", StringComparison.Ordinal) ? 1 : 0;
        await page.GotoAsync("/admin");
        await page.ShowsHeadingAsync("Overview");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(page.Section("Set up this installation")).Not.ToBeVisibleAsync();
        Assert.That(asked, Is.Zero);
    }
}
