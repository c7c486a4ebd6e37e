using Microsoft.Playwright;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Users and admins create, use, rotate and revoke API keys.</summary>
public sealed class ApiKeyJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task User_CreatesUsesRotatesAndRevokesAKey()
    {
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/api-keys");
        await page.ShowsHeadingAsync("API keys");
        await page.Button("New API key").ClickAsync();
        await page.OpenDialog().Field("Name").FillAsync("Laptop");
        await page.OpenDialog().GetByRole(AriaRole.Checkbox, new() { Name = "me:read" }).CheckAsync();
        await page.OpenDialog().Field("Networks (optional)").FillAsync("127.0.0.1, nowhere; ::1");
        await page.OpenDialog().Field("Name").PressAsync("Enter");
        await page.ShowsAsync("“nowhere” is neither an IP address nor a network");
        await page.OpenDialog().Field("Networks (optional)").FillAsync("127.0.0.1, ::1");
        await page.OpenDialog().Field("Name").PressAsync("Enter");
        var first = await SecretAsync(page);
        (await App.GetAsync(first, "/users/me")).ShouldSucceed();

        await page.Button("New secret for Laptop").ClickAsync();
        await page.OpenDialog().Button("Replace the secret").ClickAsync();
        var second = await SecretAsync(page);
        Assert.That(second, Is.Not.EqualTo(first));
        (await App.GetAsync(first, "/users/me")).ShouldSucceed();
        (await App.GetAsync(second, "/users/me")).ShouldSucceed();

        await page.Button("Revoke Laptop").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Textbox).FillAsync("Laptop");
        await page.OpenDialog().Button("Revoke").ClickAsync();
        await page.ShowsAsync("Laptop is revoked.");
        (await App.GetAsync(second, "/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Admin_CreatesAServiceAccountWithAKey_AndFindsItsWorkInTheAuditLog()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = $"Sync {Guid.NewGuid():N}";
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/service-accounts");
        await page.Button("New service account").ClickAsync();
        await page.OpenDialog().Field("Name").FillAsync(name);
        await page.OpenDialog().Field("Contact address").FillAsync("ops@example.com");
        var roles = page.OpenDialog().GetByRole(AriaRole.Combobox, new() { Name = "Roles" }).Or(page.OpenDialog().Field("Roles")).First;
        await roles.FillAsync("admin");
        await page.Keyboard.PressAsync("Enter");
        await page.OpenDialog().Button("Create").ClickAsync();
        await page.ShowsHeadingAsync(name);

        await page.Section("API keys").Button("New API key").ClickAsync();
        await page.OpenDialog().Field("Name").FillAsync("Nightly");
        await page.OpenDialog().GetByRole(AriaRole.Checkbox, new() { Name = "users:update" }).CheckAsync();
        await page.OpenDialog().Field("Name").PressAsync("Enter");
        var secret = await SecretAsync(page);
        using var user = await App.NewUserAsync();
        (await App.SendAsync(secret, HttpMethod.Post, $"/admin/users/{user.UserId}/unlock")).ShouldSucceed(204);

        await page.GotoAsync($"/admin/audit?target={user.UserId}");
        await Expect(page.GetByText("by API key").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = name }).First).ToBeVisibleAsync();

        await page.GotoAsync("/admin/api-keys");
        await page.Button("Revoke Nightly").First.ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Textbox).FillAsync("Nightly");
        await page.OpenDialog().Button("Revoke").ClickAsync();
        await page.ShowsAsync("Nightly is revoked.");
        (await App.GetAsync(secret, "/auth/session")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task ApiPage_TriesOperations_WithAKey()
    {
        using var admin = await App.SignInAsAdminAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], "users:list");
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/docs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).First.ClickAsync();
        await page.Locator(".auth-container input").FillAsync(sync.Secret);
        await page.Locator(".auth-btn-wrapper .authorize").ClickAsync();
        await page.Locator(".auth-btn-wrapper .btn-done").ClickAsync();
        var operation = page.Locator("#operations-Auth-Auth_getSession");
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.Locator(".try-out__btn").ClickAsync();
        await operation.Locator(".execute").ClickAsync();
        await Expect(operation.Locator(".live-responses-table tbody")).ToContainTextAsync(sync.AccountId);
    }

    private static async Task<string> SecretAsync(IPage page)
    {
        var secret = await page.GetByTestId("secret").InnerTextAsync();
        await page.Button("I have kept it").ClickAsync();
        return secret.Trim();
    }
}
