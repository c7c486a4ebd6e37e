using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>A link that is used up or has expired leads on instead of keeping a button that can do nothing.</summary>
public sealed class DeadLinkJourneyTests
{
    private static TestApp App => Screen.App;

    [TestCase("verify-email", "Confirm", "Sign in with a link instead", "/sign-in$")]
    [TestCase("confirm-email", "Use the new address", "Enter the new address again", "/sign-in\\?next=%2Faccount%2Fsecurity$")]
    [TestCase("undo-email", "Undo the change", "Sign in and check the account", "/sign-in\\?next=%2Faccount%2Fsecurity$")]
    [TestCase("not-me", "Secure my account", "Sign in and check the devices", "/sign-in\\?next=%2Faccount%2Fdevices$")]
    public async Task DeadLink_LeadsOn(string path, string action, string wayOn, string address)
    {
        var page = await Screen.OpenAsync();
        await page.GotoAsync($"/{path}#token=none");
        await page.Button(action).ClickAsync();
        await page.ShowsAsync("This link does not work any more");
        await Expect(page.Button(action)).Not.ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = wayOn }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(address));
    }

    [Test]
    public async Task ResetLink_LeadsToANewOne()
    {
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/reset-password#token=none");
        await page.Locator("input[type=password]").FillAsync(Person.NewPassword);
        await page.Button("Set the password").ClickAsync();
        await page.ShowsAsync("This link does not work any more");
        await Expect(page.Locator("input[type=password]")).Not.ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask for a new link" }).ClickAsync();
        await page.ShowsHeadingAsync("Forgot your password?");
    }

    [Test]
    public async Task UsedSignInLink_LeadsToANewOne()
    {
        using var person = await Person.ByLinkAsync(App);
        var used = (await App.NewestMailAsync(person.Email, Subjects.MagicLink)).Token;
        var page = await Screen.OpenAsync();
        await page.GotoAsync($"/magic-link#token={used}");
        await page.ShowsAsync("This link does not work any more");
        await Expect(page.Button("Sign in now")).Not.ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask for a new link" }).ClickAsync();
        await page.ShowsHeadingAsync("Sign in");
    }

    [Test]
    public async Task AnotherLink_PastedIntoTheTabOfADeadOne_Works()
    {
        using var browser = App.NewBrowser();
        var token = await browser.AskForLinkAsync(App, TestApp.NewEmail());
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/magic-link#token=none");
        await page.ShowsAsync("This link does not work any more");
        await page.EvaluateAsync("token => { location.hash = `token=${token}` }", token);
        await page.Button("Sign in now").ClickAsync();
        await page.ShowsHeadingAsync("Profile");
    }

    [Test]
    public async Task UncheckedSignInLink_CanBeCheckedAgain()
    {
        var email = TestApp.NewEmail();
        using var person = new Person(App, email);
        var page = await Screen.OpenAsync();
        var isDown = true;
        await page.RouteAsync("**/api/v1/auth/magic-link/inspect", route =>
            isDown ? route.FulfillAsync(new() { Status = 400, Body = "" }) : route.ContinueAsync()
        );
        await page.GotoAsync($"/magic-link#token={await person.Browser.AskForLinkAsync(App, email)}");
        await Expect(page.Button("Try again")).ToBeVisibleAsync();
        await Expect(page.Button("Sign in now")).ToBeDisabledAsync();
        isDown = false;
        await page.Button("Try again").ClickAsync();
        await page.Button("Sign in now").ClickAsync();
        await page.ShowsHeadingAsync("Profile");
    }
}
