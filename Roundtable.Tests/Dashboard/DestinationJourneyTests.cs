using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using Roundtable.Tests.TwoFactor;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Every way to sign in leads only to pages of the dashboard, whatever <c>next</c> in the URL says.</summary>
[Category("threat-37")]
public sealed class DestinationJourneyTests
{
    private const string Foreign = "https%3A%2F%2Fevil.example%2F";

    // The previous check accepted this: browsers drop the tab.
    private const string Tab = "%2F%09%2Fevil.example";

    private static TestApp App => Screen.App;

    [TestCase(Foreign)]
    [TestCase(Tab)]
    public async Task SignedInAlready(string next)
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await OpenAsync(person.Browser);
        await page.GotoAsync($"/sign-in?next={next}");
        await IsHomeAsync(page);
    }

    [TestCase(Foreign)]
    [TestCase(Tab)]
    [TestCase("%2F%2Fevil.example")]
    [TestCase("javascript%3Aalert(1)")]
    public async Task Password(string next)
    {
        using var person = await Person.WithPasswordAsync(App);
        var page = await OpenAsync();
        await EnterAsync(page, person, next);
        await IsHomeAsync(page);
    }

    [TestCase(Foreign)]
    [TestCase(Tab)]
    public async Task SecondStep(string next)
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var page = await OpenAsync();
        await EnterAsync(page, person, next);
        await page.ShowsHeadingAsync("Second step");
        Assert.That(page.Url, Does.Not.Contain("evil"));
        await page.GotoAsync($"/two-factor?next={next}");
        await page.Button("Use a recovery code").ClickAsync();
        await page.Field("Recovery code").FillAsync(person.RecoveryCodes[0]);
        await page.Button("Continue").ClickAsync();
        await IsHomeAsync(page);
    }

    [TestCase(Foreign)]
    [TestCase(Tab)]
    public async Task Passkey(string next)
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await OpenAsync(person.Browser);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = Authenticator.Options });
        await page.GotoAsync("/account/security");
        await page.Button("Add a passkey").ClickAsync();
        await page.OpenDialog().Field("Name of the passkey").FillAsync("Laptop");
        await page.OpenDialog().Button("Continue").ClickAsync();
        await page.ShowsAsync("The passkey is added.");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"/sign-in?next={next}");
        await page.Button("Sign in with a passkey").ClickAsync();
        await IsHomeAsync(page);
    }

    [Test]
    public async Task Link_HasNoCallbackToAnotherSite()
    {
        var email = TestApp.NewEmail();
        var page = await OpenAsync();
        await page.GotoAsync($"/sign-in?next={Tab}");
        await page.Field("E-mail").FillAsync(email);
        await page.Button("Send me a link").ClickAsync();
        await page.ShowsAsync("Check your mail");
        await page.GotoAsync($"/magic-link#token={(await App.NewestMailAsync(email, Subjects.MagicLink)).Token}");
        await page.Button("Sign in now").ClickAsync();
        await IsHomeAsync(page);
    }

    private static async Task EnterAsync(IPage page, Person person, string next)
    {
        await page.GotoAsync($"/sign-in?next={next}");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Password" }).ClickAsync();
        await page.Field("E-mail").FillAsync(person.Email);
        await page.Locator("input[type=password]").FillAsync(Person.Password);
        await page.Button("Sign in").ClickAsync();
    }

    // A request to the other site fails the test, even if the page returns from there.
    private static async Task<IPage> OpenAsync(Support.Browser? person = null)
    {
        var page = await Screen.OpenAsync(person);
        await page.Context.RouteAsync(new Regex("^\\w+://[^/]*evil"), route => route.FulfillAsync(new() { Body = "evil" }));
        return page;
    }

    private static async Task IsHomeAsync(IPage page)
    {
        await page.ShowsHeadingAsync("Profile");
        await Expect(page).ToHaveURLAsync(new Regex($"^{Regex.Escape(Screen.Address.ToString())}account/profile$"));
    }
}
