using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using Roundtable.Tests.TwoFactor;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Passkeys in browsers that lack something, and what the page says when no passkey is added or used.</summary>
public sealed class PasskeyJourneyTests
{
    // As with credentials of password managers and in older browsers.
    private const string NoConversions = """
        delete PublicKeyCredential.parseCreationOptionsFromJSON;
        delete PublicKeyCredential.parseRequestOptionsFromJSON;
        PublicKeyCredential.prototype.toJSON = () => { throw new TypeError('Illegal invocation'); };
        """;

    private const string NoPasskeys = "delete window.PublicKeyCredential;";

    private static TestApp App => Screen.App;

    [Test]
    public async Task Passkey_IsAddedAndUsed_WithoutTheBrowsersConversions()
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await OpenAsync(person, NoConversions);
        await AddAuthenticatorAsync(page);
        await AddPasskeyAsync(page, "Password manager");
        await page.ShowsAsync("The passkey is added.");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await page.Button("Sign in with a passkey").ClickAsync();
        await page.ShowsHeadingAsync("Profile");
    }

    [Test]
    public async Task Passkey_IsOffered_InTheFieldForTheAddress()
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await OpenAsync(person);
        await AddAuthenticatorAsync(page);
        await AddPasskeyAsync(page, "Laptop");
        await page.ShowsAsync("The passkey is added.");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await Expect(page.Field("E-mail")).ToHaveAttributeAsync("autocomplete", "username webauthn");
        // The virtual authenticator accepts each offer.
        await page.Field("E-mail").FocusAsync();
        await page.ShowsHeadingAsync("Profile");
    }

    [Test]
    public async Task BrowserWithoutPasskeys_SaysSo_WhereTheyAreUsedAndAdded()
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await OpenAsync(person, NoPasskeys);
        await page.GotoAsync("/account/security");
        await IsExplainedAsync(page.Button("Add a passkey"));
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await IsExplainedAsync(page.Button("Sign in with a passkey"));
    }

    [Test]
    public async Task SecondPasskeyOnTheSameDevice_IsRefused_WithTheReason()
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await OpenAsync(person);
        await AddAuthenticatorAsync(page);
        await AddPasskeyAsync(page, "Laptop");
        await page.ShowsAsync("The passkey is added.");
        await AddPasskeyAsync(page, "Laptop again");
        await Expect(page.OpenDialog()).ToContainTextAsync("already has a passkey for your account");
    }

    [Test]
    public async Task DeviceWithoutPasskey_IsTold_AndMayTryAgain()
    {
        var page = await Screen.OpenAsync();
        await AddAuthenticatorAsync(page);
        await page.GotoAsync("/sign-in");
        await page.Button("Sign in with a passkey").ClickAsync();
        await page.ShowsAsync("No passkey was used: it was cancelled, took too long, or there is none on this device.");
        await Expect(page.Button("Sign in with a passkey")).ToBeEnabledAsync();
    }

    [Test]
    public async Task NumericAddress_IsNamedAsTheReason()
    {
        var page = await Screen.OpenAsync();
        await page.GotoAsync($"http://127.0.0.1:{Screen.Address.Port}/sign-in");
        await page.Button("Sign in with a passkey").ClickAsync();
        await page.ShowsAsync("Passkeys do not work at the address 127.0.0.1.");
    }

    [TestCase("NotAllowedError", "No passkey was added: it was cancelled, or took too long.")]
    [TestCase("NotSupportedError", "This device can’t hold such a passkey.")]
    [TestCase("UnknownError", "The browser or the password manager failed.")]
    public async Task FailedRegistration_IsExplained(string name, string text)
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await OpenAsync(
            person,
            $"CredentialsContainer.prototype.create = () => Promise.reject(new DOMException('The browser refuses.', '{name}'));"
        );
        await AddPasskeyAsync(page, "Laptop");
        await Expect(page.OpenDialog()).ToContainTextAsync(text);
        await Expect(page.GetByText("The server can’t be reached.")).Not.ToBeVisibleAsync();
    }

    // Another ability that browsers have on some pages only.
    [Test]
    public async Task BrowserWithoutClipboard_SaysSo()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var page = await OpenAsync(person, "delete Navigator.prototype.clipboard;");
        await page.GotoAsync("/account/security");
        await page.Button("New recovery codes").ClickAsync();
        await page.OpenDialog().Field("Code of the authenticator app, or a recovery code").FillAsync(person.RecoveryCodes[0]);
        await page.OpenDialog().Button("New recovery codes").ClickAsync();
        await page.Button("Copy").ClickAsync();
        await page.ShowsAsync("The browser did not copy it.");
    }

    private static async Task<IPage> OpenAsync(Person person, string? script = null)
    {
        var page = await Screen.OpenAsync(person.Browser);
        if (script is not null)
        {
            await page.AddInitScriptAsync(script);
        }

        return page;
    }

    private static async Task IsExplainedAsync(ILocator button)
    {
        await Expect(button).ToBeDisabledAsync();
        await Expect(button).ToHaveAccessibleDescriptionAsync("This browser has no passkeys.");
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = Authenticator.Options });
    }

    private static async Task AddPasskeyAsync(IPage page, string name)
    {
        await page.GotoAsync("/account/security");
        await page.Button("Add a passkey").ClickAsync();
        await page.OpenDialog().Field("Name of the passkey").FillAsync(name);
        await page.OpenDialog().Button("Continue").ClickAsync();
    }
}
