using System.Text.RegularExpressions;
using OtpNet;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Every field takes a code as it is copied: with the blanks and hyphens that apps and mails show.</summary>
public sealed partial class CodeJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task AuthenticatorCode_AtSetUp_AtSignIn_AndARecoveryCodeForNewOnes()
    {
        using var person = await Person.WithPasswordAsync(App);
        var page = await Screen.OpenAsync(person.Browser);
        await page.GotoAsync("/account/security");
        await page.Button("Set it up").ClickAsync();
        var secret = Blanks().Replace(await page.GetByTestId("secret").InnerTextAsync(), "");
        var totp = new Totp(Base32Encoding.ToBytes(secret));
        await page.Field("Code").FillAsync($" {Spaced(totp.ComputeTotp(App.Now), "-")} ");
        await page.Button("Turn on").ClickAsync();
        await page.ShowsAsync("Keep these codes");
        var recovery = await page.Locator("main li code").First.InnerTextAsync();

        var other = await Screen.OpenAsync();
        await other.EnterPasswordAsync(person.Email, Person.Password);
        await other.ShowsHeadingAsync("Second step");
        // A code works only once; the next one is valid already.
        await other.Field("Code").FillAsync(Spaced(totp.ComputeTotp(App.Now.AddSeconds(30)), " "));
        await other.Button("Continue").ClickAsync();
        await other.ShowsHeadingAsync("Profile");

        var lost = await Screen.OpenAsync();
        await lost.EnterPasswordAsync(person.Email, Person.Password);
        await lost.Field("Code").FillAsync("12345");
        await lost.Button("Continue").ClickAsync();
        await lost.ShowsAsync("The code has six digits.");
        await lost.Field("Code").FillAsync(await page.Locator("main li code").Nth(1).InnerTextAsync());
        await lost.Button("Continue").ClickAsync();
        await lost.ShowsHeadingAsync("Profile");

        await page.Button("New recovery codes").ClickAsync();
        var dialog = page.OpenDialog();
        await dialog
            .Field("Code of the authenticator app, or a recovery code")
            .FillAsync(recovery.ToLowerInvariant().Replace("-", " – ", StringComparison.Ordinal));
        await dialog.Button("New recovery codes").ClickAsync();
        await Expect(page.GetByText(recovery)).Not.ToBeVisibleAsync();
        await page.ShowsAsync("Keep these codes");
    }

    [Test]
    public async Task MailedCode_AndAnotherCode_IsRefusedInItsOwnWords()
    {
        var email = TestApp.NewEmail();
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.Field("E-mail").FillAsync(email);
        await page.Button("Send me a link").ClickAsync();
        await page.ShowsAsync("Check your mail");
        await page.Field("Code").FillAsync("AAAA AAAA");
        await page.Button("Sign in with the code").ClickAsync();
        await page.ShowsAsync("This code is not right, or no longer valid.");
        var code = Code().Match((await App.NewestMailAsync(email, Subjects.MagicLink)).Text).Value;
        await page.Field("Code").FillAsync($"  {code.Replace("-", " – ", StringComparison.Ordinal)} ");
        await page.Button("Sign in with the code").ClickAsync();
        await page.ShowsHeadingAsync("Profile");
    }

    private static string Spaced(string code, string between) => $"{code[..3]}{between}{code[3..]}";

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")]
    private static partial Regex Code();
}
