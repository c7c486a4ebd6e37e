using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using Roundtable.Tests.TwoFactor;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Signing in to an account and recovering access.</summary>
public sealed class SignInJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Password_RequiresTheSecondStep_AndAcceptsARecoveryCode()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var page = await Screen.OpenAsync();
        await page.EnterPasswordAsync(person.Email, "not the password");
        await page.ShowsAsync("That did not match.");
        await page.EnterPasswordAsync(person.Email, Person.Password);
        await page.ShowsHeadingAsync("Second step");
        await page.Locator("input[inputmode=numeric]").First.FocusAsync();
        await page.Keyboard.TypeAsync(await person.NextCodeAsync());
        await page.Button("Continue").ClickAsync();
        await page.ShowsHeadingAsync("Profile");

        await page.Button("Your account").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await page.ShowsHeadingAsync("Sign in");
        await page.EnterPasswordAsync(person.Email, Person.Password);
        await page.Button("Use a recovery code").ClickAsync();
        await page.Field("Recovery code").FillAsync(person.RecoveryCodes[0]);
        await page.Button("Continue").ClickAsync();
        await page.ShowsHeadingAsync("Profile");
    }

    [Test]
    public async Task ForgottenPassword_CanBeReset_ByTheMailedLink()
    {
        using var person = await Person.WithPasswordAsync(App);
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await page.ShowsHeadingAsync("Forgot your password?");
        await page.Field("E-mail").FillAsync(person.Email);
        await page.Button("Send the link").ClickAsync();
        await page.ShowsAsync("Check your mail");
        await page.GotoAsync($"/reset-password#token={(await App.NewestMailAsync(person.Email, Subjects.PasswordReset)).Token}");
        var password = page.GetByLabel("New password").And(page.Locator("input"));
        await password.FillAsync("password123");
        await page.Button("Set the password").ClickAsync();
        await page.ShowsAsync("Attackers try this password first. Please choose another one.");
        await password.FillAsync(Person.NewPassword);
        await page.Button("Set the password").ClickAsync();
        await page.ShowsAsync("The new password is set.");
        Assert.That(await person.Browser.IsSignedInAsync(), Is.False);
        await page.EnterPasswordAsync(person.Email, Person.NewPassword);
        await page.ShowsHeadingAsync("Profile");
    }

    [Test]
    public async Task Address_IsChangedByTheNewMailbox_AndRestoredByTheOld()
    {
        using var person = await Person.ByLinkAsync(App);
        var newEmail = TestApp.NewEmail("moved");
        var page = await Screen.OpenAsync(person.Browser);
        await page.GotoAsync("/account/security");
        await page.Field("New address").FillAsync(newEmail);
        await page.Button("Change address").ClickAsync();
        await page.ShowsAsync($"A mail to {newEmail} is on its way.");

        await page.GotoAsync($"/confirm-email#token={(await App.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token}");
        await page.Button("Use the new address").ClickAsync();
        await page.ShowsAsync("Your account has the new address.");
        await page.GotoAsync("/account/profile");
        await page.ShowsAsync(newEmail);

        var elsewhere = await Screen.OpenAsync();
        await elsewhere.GotoAsync($"/undo-email#token={(await App.NewestMailAsync(person.Email, Subjects.EmailChanged)).Token}");
        await elsewhere.Button("Undo the change").ClickAsync();
        await elsewhere.ShowsAsync("Your old address is back.");
        await page.ReloadAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
        Assert.That((await App.FindUserAsync(person.Email))?.Id, Is.EqualTo(person.Id));
    }

    [Test]
    public async Task Passkey_CanBeAddedAndUsed_AndIsRemovedOnlyAfterTypingItsName()
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await Screen.OpenAsync(person.Browser);
        await AddAuthenticatorAsync(page);
        await page.GotoAsync("/account/security");
        await page.Button("Add a passkey").ClickAsync();
        await page.OpenDialog().Field("Name of the passkey").FillAsync("Laptop");
        await page.OpenDialog().Button("Continue").ClickAsync();
        await page.ShowsAsync("The passkey is added.");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in?next=%2Faccount%2Fsecurity");
        await page.Button("Sign in with a passkey").ClickAsync();
        await page.ShowsHeadingAsync("Security");
        await page.Button("Remove Laptop").ClickAsync();
        var remove = page.OpenDialog().Button("Remove");
        await page.OpenDialog().Field("To confirm, type Laptop").FillAsync("Phone");
        await remove.ClickAsync();
        await page.ShowsAsync("This is something else.");
        await page.OpenDialog().Field("To confirm, type Laptop").FillAsync(" laptop");
        await remove.ClickAsync();
        await page.ShowsAsync("No passkeys yet");
    }

    // The page words API errors itself, because the API's own sentences are English.
    [Test]
    public async Task ValidationErrors_AreShown_InTheDisplayLanguage()
    {
        var page = await Screen.OpenAsync(locale: "de-DE");
        await page.GotoAsync("/sign-in");
        await page.Field("E-Mail").FillAsync("ada..king@example.com");
        await page.Button("Link senden").ClickAsync();
        await page.ShowsAsync("Das ist keine E-Mail-Adresse.");
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = Authenticator.Options });
    }
}
