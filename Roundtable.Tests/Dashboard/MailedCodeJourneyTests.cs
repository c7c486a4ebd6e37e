using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Sign-in by mail: the code at home, the link in the same browser and on another device, and a sign-in disowned.</summary>
public sealed partial class MailedCodeJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Code_SignsInAtHome_WhenTheMailIsOpenedOnThePhone()
    {
        var email = TestApp.NewEmail();
        var home = await Screen.OpenAsync();
        var mail = await AskAsync(home, email);
        var phone = await Screen.OpenAsync();
        await phone.SetViewportSizeAsync(390, 800);
        await phone.GotoAsync($"/magic-link#token={mail.Token}");
        await phone.ShowsAsync("This link was requested in another browser");
        await phone.ShowsAsync("Device: Chrome on Linux");

        var code = Code().Match(mail.Text).Value;
        await Expect(home.Field("Code")).ToHaveAttributeAsync("autocomplete", "one-time-code");
        await home.Field("Code").FillAsync("AAAA-AAAA");
        await home.Button("Sign in with the code").ClickAsync();
        await Expect(home.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await home.Field("Code").FillAsync(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        await home.Button("Sign in with the code").ClickAsync();
        await home.ShowsHeadingAsync("Profile");
        await home.ShowsAsync(email);
    }

    [Test]
    public async Task AnotherMail_IsConfirmed_AndItsFailureIsSaid()
    {
        var page = await Screen.OpenAsync();
        await AskAsync(page, TestApp.NewEmail());
        var fails = true;
        await page.RouteAsync("**/auth/magic-link", r => fails ? r.FulfillAsync(new() { Status = 503, Body = "" }) : r.ContinueAsync());
        await page.Button("Send another mail").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        fails = false;
        await page.Button("Send another mail").ClickAsync();
        await page.ShowsAsync("Another mail is on its way.");
    }

    [Test]
    public async Task WaitingTab_GoesOnByItself_WhenTheLinkIsUsedInTheSameBrowser()
    {
        var waiting = await Screen.OpenAsync();
        var mail = await AskAsync(waiting, TestApp.NewEmail());
        var tab = await waiting.Context.NewPageAsync();
        await tab.GotoAsync($"/magic-link#token={mail.Token}");
        await tab.Button("Sign in now").ClickAsync();
        await tab.ShowsHeadingAsync("Profile");
        var time = Stopwatch.StartNew();
        await waiting.ShowsHeadingAsync("Profile");
        // A second on an idle machine.
        Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task WaitingTab_StaysSignedOut_WhenTheLinkIsUsedElsewhere()
    {
        var waiting = await Screen.OpenAsync();
        var mail = await AskAsync(waiting, TestApp.NewEmail());
        var phone = await Screen.OpenAsync();
        await phone.GotoAsync($"/magic-link#token={mail.Token}");
        await phone.Button("Sign in now").ClickAsync();
        await phone.ShowsHeadingAsync("Profile");
        await waiting.ShowsAsync("The link was used in another browser, which is signed in now. This one is not.");
        await waiting.GotoAsync("/account/profile");
        await Expect(waiting).ToHaveURLAsync(new Regex("/sign-in"));
    }

    [Test]
    public async Task SignIn_IsDisowned_ByTheLinkOfTheNotice()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var thief = person.NewBrowser(Person.OtherAgent);
        (await thief.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
        var page = await Screen.OpenAsync();
        await page.GotoAsync($"/not-me#token={(await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Token}");
        Assert.That(await thief.IsSignedInAsync(), "opening the page ends nothing");
        await page.Button("Secure my account").ClickAsync();
        await page.ShowsAsync("Your account is secured.");
        Assert.That(await thief.IsSignedInAsync(), Is.False);
    }

    private static async Task<ReceivedMail> AskAsync(IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.Field("E-mail").FillAsync(email);
        await page.Button("Send me a link").ClickAsync();
        await page.ShowsAsync("Check your mail");
        return await App.NewestMailAsync(email, Subjects.MagicLink);
    }

    [GeneratedRegex(@"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")]
    private static partial Regex Code();
}
