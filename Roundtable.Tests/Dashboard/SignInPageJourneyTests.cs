using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>What the sign-in page does for its users beyond the sign-in itself.</summary>
public sealed class SignInPageJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task SignedInUser_SeesTheAccount_AndMayUseAnother()
    {
        using var person = await Person.ByLinkAsync(App);
        using var other = await Person.WithPasswordAsync(App);
        var page = await Screen.OpenAsync(person.Browser);
        await page.GotoAsync("/sign-in?error=bogus");
        await page.ShowsAsync($"You are signed in as {person.Email}.");
        await page.Button("Use another account").ClickAsync();
        await page.ShowsAsync("This sign-in takes its place in this browser.");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Password" }).ClickAsync();
        await page.Field("E-mail").FillAsync(other.Email);
        await page.Locator("input[type=password]").FillAsync(Person.Password);
        await page.Button("Sign in").ClickAsync();
        await page.ShowsHeadingAsync("Profile");

        await page.GotoAsync("/sign-in");
        await page.ShowsAsync($"You are signed in as {other.Email}.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await page.ShowsHeadingAsync("Profile");
    }

    [Test]
    public async Task MistypedDomain_IsSuggestedAnew_AndNeverBlocks()
    {
        var name = Guid.NewGuid().ToString("N");
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.Field("E-mail").FillAsync($"{name}@gmial.com");
        await page.Button($"Did you mean {name}@gmail.com?").ClickAsync();
        await Expect(page.Field("E-mail")).ToHaveValueAsync($"{name}@gmail.com");
        await page.Field("E-mail").FillAsync($"{name}@outlok.com");
        await Expect(page.Button($"Did you mean {name}@outlook.com?")).ToBeVisibleAsync();
        await page.Button("Send me a link").ClickAsync();
        await page.ShowsAsync($"If {name}@outlok.com has an account");
    }

    [Test]
    public async Task CommonDomain_LinksToItsMailProgram()
    {
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/forgot-password");
        await page.Field("E-mail").FillAsync($"{Guid.NewGuid():N}@web.de");
        await page.Button("Send the link").ClickAsync();
        var program = page.GetByRole(AriaRole.Link, new() { Name = "Open WEB.DE" });
        await Expect(program).ToHaveAttributeAsync("href", "https://web.de/");
        await Expect(program).ToHaveAttributeAsync("rel", "noreferrer");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task DevelopmentMailbox_IsNamed_IfTheServerHasOne_WithoutAskingForIt(bool hasOne)
    {
        var page = await Screen.OpenAsync();
        await page.RouteAsync("**/api/v1/auth/methods", async route =>
        {
            var methods = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            methods["data"]!["developmentMailbox"] = hasOne;
            await route.FulfillAsync(new() { ContentType = "application/json", Body = methods.ToJsonString() });
        });
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, r) => asked.Enqueue(r.Url);
        await page.GotoAsync("/forgot-password");
        await page.Field("E-mail").FillAsync(TestApp.NewEmail());
        await page.Button("Send the link").ClickAsync();
        await page.ShowsAsync("Check your mail");
        var hint = page.GetByRole(AriaRole.Link, new() { Name = "Open the development mailbox" });
        await (hasOne ? Expect(hint).ToBeVisibleAsync() : Expect(hint).Not.ToBeVisibleAsync());
        Assert.That(asked.Where(u => u.Contains("/dev/", StringComparison.Ordinal)), Is.Empty);
    }
}
