using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using Roundtable.Tests.TwoFactor;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Users see that their account is suspended or that their session ended, and why.</summary>
public sealed partial class BannedJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Password()
    {
        using var person = await Person.WithPasswordAsync(App);
        await BanAsync(person);
        var page = await Screen.OpenAsync();
        await page.EnterPasswordAsync(person.Email, Person.Password);
        await SaysWhyAsync(page);
    }

    [Test]
    public async Task Code_AndLink()
    {
        using var person = await Person.ByLinkAsync(App);
        await BanAsync(person);
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.Field("E-mail").FillAsync(person.Email);
        await page.Button("Send me a link").ClickAsync();
        await page.ShowsAsync("Check your mail");
        var mail = await App.NewestMailAsync(person.Email, Subjects.MagicLink);
        await page.Field("Code").FillAsync(Code().Match(mail.Text).Value);
        await page.Button("Sign in with the code").ClickAsync();
        await SaysWhyAsync(page);

        await page.GotoAsync($"/magic-link#token={mail.Token}");
        await page.Button("Sign in now").ClickAsync();
        await SaysWhyAsync(page);
    }

    [Test]
    public async Task Passkey()
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await Screen.OpenAsync(person.Browser);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = Authenticator.Options });
        await page.GotoAsync("/account/security");
        await page.Button("Add a passkey").ClickAsync();
        await page.OpenDialog().Field("Name of the passkey").FillAsync("Laptop");
        await page.OpenDialog().Button("Continue").ClickAsync();
        await page.ShowsAsync("The passkey is added.");
        await BanAsync(person);

        await page.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await page.ShowsAsync("Your session has ended. Please sign in.");
        await page.Button("Sign in with a passkey").ClickAsync();
        await SaysWhyAsync(page);
    }

    [Test]
    public async Task SecondStep()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var page = await Screen.OpenAsync();
        await page.EnterPasswordAsync(person.Email, Person.Password);
        await page.ShowsHeadingAsync("Second step");
        await page.Button("Use a recovery code").ClickAsync();
        await page.Field("Recovery code").FillAsync("AAAA-AAAA-AAAA-AAAA");
        await page.Button("Continue").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Start again" })).ToBeVisibleAsync();
        await BanAsync(person);
        await page.Field("Recovery code").FillAsync(person.RecoveryCodes[0]);
        await page.Button("Continue").ClickAsync();
        await SaysWhyAsync(page);
    }

    [Test]
    public async Task ExternalProvider_LeadsToTheReason()
    {
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in?error=user_banned");
        await page.ShowsAsync("The mail about it says why and until when");
    }

    [Test]
    public async Task BanWithoutEnd_SaysSo_InTheDisplayLanguage()
    {
        using var person = await Person.WithPasswordAsync(App);
        await BanAsync(person, expiresAt: null);
        var page = await Screen.OpenAsync(locale: "de-DE");
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Passwort" }).ClickAsync();
        await page.Field("E-Mail").FillAsync(person.Email);
        await page.Locator("input[type=password]").FillAsync(Person.Password);
        await page.Button("Anmelden").ClickAsync();
        await page.ShowsAsync("Dieses Konto ist gesperrt. Grund: „Spam“. Die Sperre hat kein festes Ende.");
    }

    private static async Task BanAsync(Person person, string? expiresAt = "2090-01-15T12:00:00Z")
    {
        using var admin = await App.SignInAsAdminAsync();
        (await admin.PostAsync($"/admin/users/{person.Id}/ban", new { reason = "Spam", expiresAt })).ShouldSucceed();
    }

    private static Task SaysWhyAsync(IPage page) =>
        page.ShowsAsync("This account is suspended. Reason: “Spam”. The suspension ends on 15 Jan 2090");

    [GeneratedRegex(@"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")]
    private static partial Regex Code();
}
