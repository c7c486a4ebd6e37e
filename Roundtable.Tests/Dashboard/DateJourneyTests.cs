using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Dates and times mean the same when typed and when shown, and are used when they are complete.</summary>
public sealed class DateJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Ban_EndsAtTheTypedTime_OfTheProfilesTimeZone()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        (await admin.PatchAsync("/users/me", new { timeZone = "Asia/Tokyo" })).ShouldSucceed();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await page.Button("Ban").ClickAsync();
        await Expect(page.OpenDialog().GetByText("In the time zone Asia/Tokyo.")).ToBeVisibleAsync();
        await page.OpenDialog().Field("Reason").FillAsync("Spam");
        await page.OpenDialog().Button("7 days").ClickAsync();
        var inAWeek = DateTime.UtcNow.AddHours(9).AddDays(7);
        await Expect(page.OpenDialog().GetByLabel("Until (optional)")).ToHaveValueAsync(new Regex($"^{inAWeek:yyyy-MM}-.*T"));
        await page.OpenDialog().GetByLabel("Until (optional)").FillAsync("2035-01-01T10:00");
        await page.OpenDialog().Button("Ban").ClickAsync();
        await Expect(page.Section("Access")).ToContainTextAsync("1 Jan 2035, 10:00");
        var banned = (await admin.GetAsync($"/admin/users/{user.UserId}")).ShouldSucceed().Data;
        Assert.That((string?)banned["banExpiresAt"], Does.StartWith("2035-01-01T01:00:00"));

        // The audit log says it in the same way, not as it is stored.
        await page.GotoAsync($"/admin/audit?target={user.UserId}&action=user.banned");
        await page.ShowsAsync("until 1 Jan 2035, 10:00: Spam");
    }

    [Test]
    public async Task Filters_UseTheProfilesTimeZone()
    {
        using var admin = await App.SignInAsAdminAsync();
        (await admin.PatchAsync("/users/me", new { timeZone = "Asia/Tokyo" })).ShouldSucceed();
        var page = await Screen.OpenAsync(admin);
        var users = await page.RunAndWaitForRequestAsync(
            () => page.GotoAsync("/admin/users?createdFrom=2026-01-01&createdTo=2026-01-02"),
            new Regex("/api/v1/admin/users\\?.*createdFrom=")
        );
        Assert.That(
            Uri.UnescapeDataString(users.Url),
            Does.Contain("createdFrom=2025-12-31T15:00:00.000Z").And.Contain("createdTo=2026-01-02T14:59:59.999Z")
        );
        var audit = await page.RunAndWaitForRequestAsync(
            () => page.GotoAsync("/admin/audit?from=2026-01-01T10:00"),
            new Regex("/api/v1/admin/audit-log\\?.*from=")
        );
        Assert.That(Uri.UnescapeDataString(audit.Url), Does.Contain("from=2026-01-01T01:00:00.000Z"));
        await page.ShowsAsync("In the time zone Asia/Tokyo.");
    }

    [Test]
    public async Task UsersFilter_WaitsUntilTheDateIsComplete()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users");
        await page.Button("Filters").ClickAsync();
        var from = page.GetByLabel("Created from", new() { Exact = true });
        await from.PressSequentiallyAsync("05052026");
        await Expect(from).ToHaveValueAsync("2026-05-05");
        Assert.That(page.Url, Does.Not.Contain("createdFrom"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("createdFrom=2026-05-05"));

        var until = page.GetByLabel("Created until", new() { Exact = true });
        await until.PressSequentiallyAsync("05050026");
        await page.Keyboard.PressAsync("Enter");
        await page.ShowsAsync("This is not a date.");
        Assert.That(page.Url, Does.Not.Contain("createdTo"));
        await until.FillAsync("2027-05-05");
        // A click elsewhere uses the date before it closes the filters.
        await page.ShowsHeadingAsync("Users");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Users", Level = 1 }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("createdFrom=2026-05-05&createdTo=2027-05-05"));
        await Expect(until).Not.ToBeVisibleAsync();
    }

    [Test]
    public async Task Overview_WaitsUntilTheDateIsComplete()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin?from=2026-01-01&to=2026-01-31");
        var from = page.GetByLabel("From");
        await from.PressSequentiallyAsync("05052025");
        await Expect(from).ToHaveValueAsync("2025-05-05");
        Assert.That(page.Url, Does.Contain("from=2026-01-01"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("from=2025-05-05&to=2026-01-31"));
    }

    [Test]
    public async Task AuditFilter_IsAppliedWithTheTypedTime()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/audit");
        await page.GetByText("Choose", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("2026-01-01T10:00");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("period=own&from=2026-01-01T10%3A00$"));
        await page.Button("Clear all").ClickAsync();
        await Expect(page.GetByLabel("From", new() { Exact = true })).ToHaveCountAsync(0);
    }
}
