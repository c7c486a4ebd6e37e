using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Two clicks before the page can disable the button send once.</summary>
public sealed partial class DoubleClickJourneyTests
{
    // Both clicks in one task, before anything is rendered.
    private const string Twice = "button => { button.click(); button.click(); }";

    // The second click comes when the row is gone and the next one is in its place.
    private const string TwiceAtOnePlace = """
        async button => {
          const { x, y, width, height } = button.getBoundingClientRect();
          const at = { clientX: x + width / 2, clientY: y + height / 2, detail: 1, bubbles: true, cancelable: true };
          const click = () => document.elementFromPoint(at.clientX, at.clientY).dispatchEvent(new MouseEvent("click", at));
          click();
          while (button.isConnected) {
            await new Promise(requestAnimationFrame);
          }
          click();
        }
        """;

    private static TestApp App => Screen.App;

    [Test]
    public async Task SignInLink()
    {
        using var person = new Person(App, TestApp.NewEmail());
        var page = await Screen.OpenAsync();
        await page.GotoAsync($"/magic-link#token={await person.Browser.AskForLinkAsync(App, person.Email)}");
        await IsSentOnceAsync(page, "**/auth/magic-link/verify", page.Button("Sign in now"));
        await page.ShowsHeadingAsync("Profile");
    }

    [Test]
    public async Task RequestForALink()
    {
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.Field("E-mail").FillAsync(TestApp.NewEmail());
        await IsSentOnceAsync(page, "**/auth/magic-link", page.Button("Send me a link"));
        await page.ShowsAsync("Check your mail");
    }

    [Test]
    public async Task Password_AndItsChange()
    {
        using var person = await Person.WithPasswordAsync(App);
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Password" }).ClickAsync();
        await page.Field("E-mail").FillAsync(person.Email);
        await page.Locator("input[type=password]").FillAsync(Person.Password);
        await IsSentOnceAsync(page, "**/auth/sign-in", page.Button("Sign in"));
        await page.ShowsHeadingAsync("Profile");

        await page.GotoAsync("/account/security");
        await page.GetByLabel("New password").And(page.Locator("input")).FillAsync(Person.NewPassword);
        await page.GetByLabel("Present password").And(page.Locator("input")).FillAsync(Person.Password);
        await IsSentOnceAsync(page, "**/auth/password/change", page.Button("Change password"));
        await page.ShowsAsync("The password is changed");
    }

    [Test]
    public async Task AdminsAction_InADialog()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await page.Button("Ban").ClickAsync();
        await page.OpenDialog().GetByLabel("Reason").FillAsync("Spam");
        await IsSentOnceAsync(page, "**/admin/users/*/ban", page.OpenDialog().Button("Ban"));
        await Expect(page.Button("Lift the ban")).ToBeVisibleAsync();
    }

    // The second click of a double-click lands beside the dialog that the first one opened.
    [Test]
    public async Task DoubleClick_DoesNotCloseTheDialogThatItOpens()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var page = await Screen.OpenAsync(person.Browser);
        await page.GotoAsync("/account/security");
        var button = page.Button("New recovery codes").First;
        await button.ScrollIntoViewIfNeededAsync();
        var at = (await button.BoundingBoxAsync())!;
        await button.ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.Mouse.ClickAsync(at.X + 2, at.Y + 2);
        await page.OpenDialog().Field("Code of the authenticator app, or a recovery code").FillAsync("kept");
        await page.Mouse.ClickAsync(5, 890);
        await Expect(page.OpenDialog().Field("Code of the authenticator app, or a recovery code")).ToHaveValueAsync("kept");
    }

    [Test]
    public async Task DoubleClick_OnARowThatGoes_SparesTheNextOne()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var person = await Person.ByLinkAsync(App);
        for (var i = 0; i < 4; i++)
        {
            await person.AtNewBrowserAsync();
        }

        var own = await Screen.OpenAsync(person.Browser);
        await own.GotoAsync("/account/devices");
        await SparesTheNextAsync(own, "**/sessions/*", own.GetByRole(AriaRole.Button, new() { NameRegex = SignOutOf() }), 4);
        var other = await Screen.OpenAsync(admin);
        await other.GotoAsync($"/admin/users/{person.Id}?tab=devices");
        await SparesTheNextAsync(other, "**/sessions/*", other.GetByRole(AriaRole.Button, new() { NameRegex = End() }), 4);
        Assert.That((await admin.GetAsync($"/admin/users/{person.Id}/sessions")).ShouldSucceed().Items, Has.Count.EqualTo(3));
    }

    private static async Task SparesTheNextAsync(IPage page, string address, ILocator buttons, int rows)
    {
        await Expect(buttons).ToHaveCountAsync(rows);
        var sent = await CountAsync(page, address);
        await page.RunAndWaitForResponseAsync(() => buttons.First.EvaluateAsync(TwiceAtOnePlace), address);
        await Expect(buttons).ToHaveCountAsync(rows - 1);
        await page.EvaluateAsync("() => fetch('/health/live')");
        Assert.That(sent(), Is.EqualTo(1));
    }

    private static async Task<Func<int>> CountAsync(IPage page, string address)
    {
        var sent = 0;
        await page.RouteAsync(address, route =>
        {
            sent++;
            return route.ContinueAsync();
        });
        return () => sent;
    }

    private static async Task IsSentOnceAsync(IPage page, string address, ILocator button)
    {
        var sent = await CountAsync(page, address);
        await Expect(button).ToBeEnabledAsync();
        await page.RunAndWaitForResponseAsync(() => button.EvaluateAsync(Twice), address);
        // A second request would have begun before this one, and been counted.
        await page.EvaluateAsync("() => fetch('/health/live')");
        Assert.That(sent(), Is.EqualTo(1));
    }

    [GeneratedRegex("^Sign out (?!everywhere|all others)")]
    private static partial Regex SignOutOf();

    [GeneratedRegex("^End (?!all)")]
    private static partial Regex End();
}
