using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Two tabs of one browser, which share the cookie but not the user that they show.</summary>
public sealed class TabsJourneyTests
{
    private const string NoChannel = "delete window.BroadcastChannel";

    private static TestApp App => Screen.App;

    [Test]
    public async Task OldTab_TellsThatAnotherUserIsSignedIn_AndGoesOnAsThatUser()
    {
        var (first, second) = (TestApp.NewEmail("first"), TestApp.NewEmail("second"));
        using var one = await App.SignInAsync(first);
        using var two = await App.SignInAsync(second);
        var context = await Screen.NewContextAsync(one);
        var old = await OpenProfileAsync(context);
        await SignInAsync(context, two);
        await OpenProfileAsync(context);
        await old.ShowsAsync($"You are now signed in as {second}");
        await Expect(old.OpenDialog()).ToHaveAccessibleNameAsync($"You are now signed in as {second}");
        await old.Button("Load the page again").ClickAsync();
        await old.ShowsHeadingAsync("Profile");
        await Expect(old.GetByText(second).First).ToBeVisibleAsync();
        await Expect(old.GetByText(first)).ToHaveCountAsync(0);
    }

    // Without the channel nothing tells the tab: the server's refusal does.
    [Test]
    public async Task Change_IsNotMade_ForAnotherUserThanTheOneShown()
    {
        var second = TestApp.NewEmail("second");
        using var one = await App.SignInAsync(TestApp.NewEmail("first"));
        using var two = await App.SignInAsync(second);
        var context = await Screen.NewContextAsync(one);
        await context.AddInitScriptAsync(NoChannel);
        var old = await OpenProfileAsync(context);
        await old.Field("Biography").FillAsync("Written by the first");
        await SignInAsync(context, two);
        var change = await old.RunAndWaitForResponseAsync(() => old.Button("Save").ClickAsync(), r => r.Request.Method == "PATCH");
        Assert.That(change.Status, Is.EqualTo(409));
        await old.ShowsAsync($"You are now signed in as {second}");
        Assert.That((string?)(await two.GetAsync("/users/me")).Data["profile"]!["bio"], Is.Null);
    }

    [Test]
    public async Task Read_ShowsNothing_OfAnotherUserThanTheOneShown()
    {
        var second = TestApp.NewEmail("second");
        using var one = await App.SignInAsync(TestApp.NewEmail("first"));
        using var two = await App.SignInAsync(second);
        var context = await Screen.NewContextAsync(one);
        await context.AddInitScriptAsync(NoChannel);
        var old = await OpenProfileAsync(context);
        await SignInAsync(context, two);
        var answers = new ConcurrentQueue<int>();
        old.Response += (_, r) =>
        {
            if (r.Url.Contains("/me/activity", StringComparison.Ordinal))
            {
                answers.Enqueue(r.Status);
            }
        };
        // By a program: the page may have noticed already, and its dialog would be in the way.
        await old.GetByRole(AriaRole.Link, new() { Name = "Activity", IncludeHidden = true }).DispatchEventAsync("click");
        await old.ShowsAsync($"You are now signed in as {second}");
        Assert.That(answers, Is.All.EqualTo(409));
        // The reload that the page offers needs the server: without it, the browser's own error page would follow.
        await context.SetOfflineAsync(true);
        await old.Button("Load the page again").ClickAsync();
        await Expect(old.OpenDialog().GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await context.SetOfflineAsync(false);
        await old.Button("Load the page again").ClickAsync();
        await old.ShowsHeadingAsync("Activity");
    }

    [Test]
    public async Task OldTab_GoesOn_WhenItsUserIsBack()
    {
        using var one = await App.SignInAsync(TestApp.NewEmail("first"));
        using var two = await App.SignInAsync(TestApp.NewEmail("second"));
        var context = await Screen.NewContextAsync(one);
        var old = await OpenProfileAsync(context);
        await old.Field("Biography").FillAsync("Written by the first");
        await SignInAsync(context, two);
        var other = await OpenProfileAsync(context);
        await Expect(old.OpenDialog()).ToBeVisibleAsync();
        await SignInAsync(context, one);
        await other.ReloadAsync();
        await Expect(old.OpenDialog()).Not.ToBeVisibleAsync();
        await old.Button("Save").ClickAsync();
        await old.ShowsAsync("Your profile is saved.");
    }

    [Test]
    public async Task SignOut_EndsTheOtherTabsToo()
    {
        using var person = await App.SignInAsync(TestApp.NewEmail());
        var context = await Screen.NewContextAsync(person);
        var old = await OpenProfileAsync(context);
        var tab = await OpenProfileAsync(context);
        await tab.Button("Your account").ClickAsync();
        await tab.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(old).ToHaveURLAsync(new Regex("/sign-in"));
    }

    private static async Task<IPage> OpenProfileAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/profile");
        await page.ShowsHeadingAsync("Profile");
        return page;
    }

    /// <summary>Replaces the cookie, as a sign-in in any tab does.</summary>
    private static Task SignInAsync(IBrowserContext context, Support.Browser person) =>
        context.AddCookiesAsync([
            new Cookie
            {
                Name = "roundtable.session",
                Value = person.SessionCookie!,
                Url = Screen.Address.ToString(),
            },
        ]);
}
