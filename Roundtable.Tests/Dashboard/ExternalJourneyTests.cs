using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.ExternalLogins;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Sign-in with an external provider, and the logins of an account, at the pages of a real OpenID Connect server.</summary>
[NonParallelizable]
public sealed class ExternalJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task SignIn_CreatesAnAccount_AndIsDeclinedWithoutConsent()
    {
        var email = TestApp.NewEmail();
        Screen.Provider.User = new ProviderUser(Guid.NewGuid().ToString(), email);
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in?next=%2Faccount%2Fsecurity");
        await page.Button("Continue with Example Corp").ClickAsync();
        await page.ShowsHeadingAsync("Continue as Ada Lovelace?");
        await page.GetByText("Cancel").ClickAsync();
        await page.ShowsAsync("You did not agree at the provider.");
        await Expect(page.GetByText("hotline")).Not.ToBeVisibleAsync();

        await page.GotoAsync("/sign-in?next=%2Faccount%2Fsecurity");
        await page.Button("Continue with Example Corp").ClickAsync();
        await page.GetByText("Agree").ClickAsync();
        await page.ShowsHeadingAsync("Security");
        await Expect(page.Section("Connected logins").GetByText(email)).ToBeVisibleAsync();
    }

    [Test]
    public async Task LoginOfAnExistingAccount_IsConnectedByItsOwner_AndRemoved()
    {
        using var person = await Person.ByLinkAsync(App);
        Screen.Provider.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.Button("Continue with Example Corp").ClickAsync();
        await page.GetByText("Agree").ClickAsync();
        await page.ShowsAsync("An account with this address already exists.");
        await page.Field("E-mail").FillAsync(person.Email);
        await page.Button("Send me a link").ClickAsync();
        await page.ShowsAsync("Check your mail");
        await page.GotoAsync($"/magic-link#token={(await App.NewestMailAsync(person.Email, Subjects.MagicLink)).Token}");
        await page.Button("Sign in now").ClickAsync();

        await page.ShowsHeadingAsync("Security");
        await page.ShowsAsync("Connect Example Corp?");
        await page.Button("Connect").ClickAsync();
        var logins = page.Section("Connected logins");
        await Expect(logins.GetByRole(AriaRole.Cell, new() { Name = "Example Corp", Exact = true })).ToBeVisibleAsync();
        await page.Button("Remove the login of Example Corp").ClickAsync();
        await page.OpenDialog().Button("Remove").ClickAsync();
        await Expect(logins.GetByText("No login is connected.")).ToBeVisibleAsync();
        await Expect(page.Button("Connect Example Corp")).ToBeVisibleAsync();
    }

    [Test]
    public async Task BannedUser_ReadsWhyAndUntilWhen()
    {
        var login = new ProviderUser(Guid.NewGuid().ToString(), TestApp.NewEmail());
        Screen.Provider.User = login;
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.Button("Continue with Example Corp").ClickAsync();
        await page.GetByText("Agree").ClickAsync();
        await Expect(page.Button("Your account")).ToBeVisibleAsync();
        using var admin = await App.SignInAsAdminAsync();
        var id = (await App.FindUserAsync(login.Email!))!.Id;
        (await admin.PostAsync($"/admin/users/{id}/ban", new { reason = "Spam in comments" })).ShouldSucceed();

        await page.GotoAsync("/sign-in");
        await page.Button("Continue with Example Corp").ClickAsync();
        await page.GetByText("Agree").ClickAsync();
        await page.ShowsAsync("Reason: “Spam in comments”.");
        await page.ShowsAsync("The suspension has no set end.");
        Assert.That(page.Url, Does.Not.Contain("Spam"));
    }
}
