using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OtpNet;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The security page says how each way in stands, recommends what is missing, and does it.</summary>
public sealed class SecurityPageJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Recommendations_AreActions_AndGoOnceTheyAreFollowed_ByKeyboardAlone()
    {
        using var person = await Person.ByLinkAsync(App);
        var page = await Screen.OpenAsync(person.Browser);
        await page.GotoAsync("/account/security");
        await page.ShowsAsync("No password was ever set.");
        var recommended = page.Section("Recommended");
        await Expect(recommended.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(page.Section("Recent events").GetByText("Signed in by link").First).ToBeVisibleAsync();
        await Expect(page.Section("Devices").GetByText("This device")).ToBeVisibleAsync();

        await page.TabToAsync(recommended.Button("Begin now"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Field("Code")).ToBeFocusedAsync();
        var secret = Regex.Replace(await page.GetByTestId("secret").InnerTextAsync(), "\\s", "");
        await page.Keyboard.TypeAsync(new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(App.Now));
        await page.Keyboard.PressAsync("Enter");
        await page.ShowsAsync("Keep these codes");
        var factor = page.Section("Two-factor sign-in");
        await Expect(factor.GetByText("Recovery codes left: 10")).ToBeVisibleAsync();
        await Expect(factor.GetByText(new Regex("^Since "))).ToBeVisibleAsync();
        await Expect(recommended.GetByText("Ask for a second step")).Not.ToBeVisibleAsync();
        await page.TabToAsync(recommended.Button("Create a passkey"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog().Field("Name of the passkey")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(recommended.Button("Create a passkey")).ToBeFocusedAsync();
    }

    [Test]
    public async Task FewCodes_AreReplaced_AndEverywhere_IsSignedOut()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var page = await Screen.OpenAsync(person.Browser);
        await page.RouteAsync("**/users/me/security", WithFewCodesAsync);
        await page.GotoAsync("/account/security");
        await Expect(page.GetByText(new Regex("^Last changed "))).ToBeVisibleAsync();
        await page.ShowsAsync("2 are left.");
        await page.Button("Replace the codes").ClickAsync();
        await Expect(page.OpenDialog().Field("Code of the authenticator app, or a recovery code")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Button("Sign out everywhere").ClickAsync();
        await page.OpenDialog().Button("Sign out everywhere").ClickAsync();
        await page.ShowsHeadingAsync("Sign in");
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    private static async Task WithFewCodesAsync(IRoute route)
    {
        var answer = await route.FetchAsync();
        var text = Regex.Replace(await answer.TextAsync(), "\"recoveryCodesLeft\":\\d+", "\"recoveryCodesLeft\":2");
        await route.FulfillAsync(new() { Response = answer, Body = text });
    }
}
