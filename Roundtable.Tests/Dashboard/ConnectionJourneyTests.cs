using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Pages whose code or data does not arrive: because the server is away, has a newer version, or answers nonsense.</summary>
public sealed class ConnectionJourneyTests
{
    private const string Away = "The server can’t be reached at the moment";

    private static readonly Regex FrontPage = new($"^{Regex.Escape(Screen.Address.ToString())}$");

    private static TestApp App => Screen.App;

    [Test]
    public async Task PageWithoutItsCode_KeepsTheNavigation_AndOpensByItself_WhenTheServerIsBack()
    {
        using var person = await App.SignInAsync(TestApp.NewEmail());
        var page = await OpenProfileAsync(person);
        await page.RouteAsync("**/*", r => r.AbortAsync("connectionrefused"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await page.ShowsAsync(Away);
        await page.ShowsHeadingAsync("The server can’t be reached");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Activity" })).ToBeVisibleAsync();
        await page.UnrouteAllAsync();
        await page.ShowsHeadingAsync("Devices");
        await Expect(page.GetByText(Away)).Not.ToBeVisibleAsync();
    }

    [Test]
    public async Task Code_IsRequestedAgain_AfterOneFailure()
    {
        using var person = await App.SignInAsync(TestApp.NewEmail());
        var page = await OpenProfileAsync(person);
        await page.RouteAsync("**/assets/DevicesPage-*.js", r => r.AbortAsync(), new() { Times = 1 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await page.ShowsHeadingAsync("Devices");
    }

    [Test]
    public async Task CodeThatDoesNotLoad_IsRequestedAgain_ByTheButton()
    {
        using var person = await App.SignInAsync(TestApp.NewEmail());
        var page = await OpenProfileAsync(person);
        await page.RouteAsync("**/assets/DevicesPage-*.js", r => r.AbortAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await page.ShowsHeadingAsync("This page failed");
        await page.UnrouteAllAsync();
        await page.Button("Try again").ClickAsync();
        await page.ShowsHeadingAsync("Devices");
    }

    [Test]
    public async Task CodeOfAnOlderVersion_LeadsToTheOfferToLoadTheNewOne()
    {
        using var person = await App.SignInAsync(TestApp.NewEmail());
        var page = await OpenProfileAsync(person);
        await page.RouteAsync("**/assets/**", r => r.FulfillAsync(new() { Status = 404 }));
        await page.RouteAsync(FrontPage, r =>
            r.FulfillAsync(new() { ContentType = "text/html", Body = "<script type='module' src='./assets/index-newer.js'></script>" })
        );
        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await page.ShowsHeadingAsync("There is a new version");
        await Expect(page.Button("Try again")).ToHaveCountAsync(0);
        await page.UnrouteAllAsync();
        await page.Button("Load again").ClickAsync();
        await page.ShowsHeadingAsync("Devices");
    }

    [Test]
    public async Task PageThatFails_KeepsTheNavigation_AndCanBeTriedAgain()
    {
        using var person = await App.SignInAsync(TestApp.NewEmail());
        var page = await OpenProfileAsync(person);
        await page.RouteAsync("**/api/v1/sessions**", r =>
            r.FulfillAsync(new() { ContentType = "application/json", Body = "{\"data\":{\"items\":[null]}}" })
        );
        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await page.ShowsHeadingAsync("This page failed");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Activity" })).ToBeVisibleAsync();
        await page.UnrouteAllAsync();
        await page.Button("Try again").ClickAsync();
        await page.ShowsHeadingAsync("Devices");
        await page.ShowsAsync("This device");
    }

    [Test]
    public async Task Bar_TellsThatTheServerIsAway_AndGoesWithTheFirstAnswer()
    {
        using var person = await App.SignInAsync(TestApp.NewEmail());
        var page = await OpenProfileAsync(person);
        await page.RouteAsync("**/api/**", r => r.FulfillAsync(new() { Status = 503 }));
        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await page.ShowsAsync(Away);
        await page.UnrouteAllAsync();
        await Expect(page.GetByText(Away)).Not.ToBeVisibleAsync();
        await page.ShowsAsync("This device");
    }

    private static async Task<IPage> OpenProfileAsync(Support.Browser person)
    {
        var page = await Screen.OpenAsync(person);
        await page.GotoAsync("/account/profile");
        await page.ShowsHeadingAsync("Profile");
        return page;
    }
}
