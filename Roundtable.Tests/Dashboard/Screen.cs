using System.Collections.Concurrent;
using Microsoft.Playwright;
using NUnit.Framework.Interfaces;
using Roundtable.Tests.Dashboard;
using Roundtable.Tests.ExternalLogins;
using Roundtable.Tests.Passkeys;
using Roundtable.Tests.Support;

[assembly: PagesEndWithTheirTest]

namespace Roundtable.Tests.Dashboard;

/// <summary>
/// One application and one headless browser for all dashboard tests, which run in parallel. Each test creates its own users.
/// </summary>
[SetUpFixture]
[Parallelizable(ParallelScope.Self | ParallelScope.Fixtures)]
public sealed class Screen
{
    /// <summary>A configured admin for whom only one test requests a link: a second link would replace the first.</summary>
    public const string FirstAdmin = "first-admin@example.com";

    // Matches Playwright's timeout for clicks: other tests start processes and publish the program meanwhile.
    private const float PatienceMs = 30_000;

    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> Contexts = new();
    private static readonly ConcurrentDictionary<string, ConcurrentBag<ReusedContext>> Used = new();
    private static readonly ConcurrentDictionary<string, ConcurrentBag<ReusedContext>> Unused = new();
    private static Chromium? chromium;

    public static TestApp App { get; private set; } = null!;

    /// <summary>The external provider "Example Corp".</summary>
    internal static OpenIdServer Provider { get; private set; } = null!;

    /// <summary>The application's own URL: passkeys are bound to it, and links in mails lead to it.</summary>
    public static Uri Address => new($"http://localhost:{App.BaseAddress.Port}/");

    [OneTimeSetUp]
    public async Task Start()
    {
        if (!File.Exists(Repository.PathOf("Roundtable.Api", "wwwroot", "index.html")))
        {
            Assert.Ignore("There is no dashboard to test: build without -p:BuildDashboard=false.");
        }

        Provider = await OpenIdServer.StartAsync();
        App = TestApp.StartAtPublicUrl(
            OpenIdServer.Trust,
            [
                .. Provider.Settings("corp"),
                ("Auth:External:corp:DisplayName", "Example Corp"),
                ("Auth:AdminEmails:1", FirstAdmin),
                ("Profile:Fields:company:Label", "Company"),
                ("Profile:Fields:company:Labels:de", "Firma"),
                ("Profile:Fields:company:VisibleTo", "Public"),
                ("Profile:Fields:plan:Label", "Plan"),
                ("Profile:Fields:plan:Type", "Choice"),
                ("Profile:Fields:plan:Choices:0", "free"),
                ("Profile:Fields:plan:Choices:1", "pro"),
                ("Profile:Fields:plan:WritableBy", "Admin"),
                ("Profile:Fields:score:Label", "Score"),
                ("Profile:Fields:score:Type", "Number"),
                ("Profile:Fields:score:Max", "10"),
            ]
        );
        chromium = await Chromium.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        if (App is not null)
        {
            await App.DisposeAsync();
        }

        if (Provider is not null)
        {
            await Provider.DisposeAsync();
        }
    }

    /// <summary>Opens a page in a browser without data, signed in if a session is given. The program's files may be in its cache.</summary>
    public static async Task<IPage> OpenAsync(Support.Browser? person = null, string locale = "en-GB")
    {
        var unused = Unused.GetOrAdd(locale, _ => []);
        var context = unused.TryTake(out var reused) ? reused : await ReusedContext.CreateAsync(await CreateContextAsync(locale), unused);
        Used.GetOrAdd(TestContext.CurrentContext.Test.ID, _ => []).Add(context);
        await SignInAsync(context.Context, person);
        return await context.Context.NewPageAsync();
    }

    /// <summary>Creates a new browser, for several pages or for one that loads everything.</summary>
    public static async Task<IBrowserContext> NewContextAsync(Support.Browser? person = null, string locale = "en-GB")
    {
        var context = await CreateContextAsync(locale);
        Contexts.GetOrAdd(TestContext.CurrentContext.Test.ID, _ => []).Add(context);
        await SignInAsync(context, person);
        return context;
    }

    private static async Task<IBrowserContext> CreateContextAsync(string locale)
    {
        var context = await chromium!.Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = Address.ToString(),
                // The provider's certificate.
                IgnoreHTTPSErrors = true,
                Locale = locale,
                ReducedMotion = ReducedMotion.Reduce,
                ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            }
        );
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        return context;
    }

    private static async Task SignInAsync(IBrowserContext context, Support.Browser? person)
    {
        if (person is not null)
        {
            await context.AddCookiesAsync([
                new Cookie
                {
                    Name = "roundtable.session",
                    Value = person.SessionCookie!,
                    Url = Address.ToString(),
                },
            ]);
        }
    }

    /// <summary>Closes a test's pages, since open pages keep running; prints their text if the test failed.</summary>
    public static async Task CloseAsync(string testId, bool failed)
    {
        var reused = Used.TryRemove(testId, out var used) ? used : [];
        var own = Contexts.TryRemove(testId, out var opened) ? opened : [];
        foreach (
            var page in failed
                ? own.Concat(reused.Select(r => r.Context)).SelectMany(c => c.Pages).Except(reused.Select(r => r.Anchor))
                : []
        )
        {
            TestContext.Out.WriteLine($"{page.Url} showed:\n{await page.Locator("body").InnerTextAsync()}");
        }

        foreach (var context in failed ? own.Concat(reused.Select(r => r.Context)) : own)
        {
            await context.CloseAsync();
        }

        foreach (var context in failed ? [] : reused)
        {
            await context.ClearAsync();
        }
    }

    /// <summary>
    /// A browser that tests use one after another, without data of the test before. A page that stays open keeps the process with the
    /// dashboard's code, whose loading takes a third of a page's processor time.
    /// </summary>
    private sealed record ReusedContext(IBrowserContext Context, IPage Anchor, ConcurrentBag<ReusedContext> Unused)
    {
        public static async Task<ReusedContext> CreateAsync(IBrowserContext context, ConcurrentBag<ReusedContext> unused)
        {
            var anchor = await context.NewPageAsync();
            await anchor.GotoAsync("/icon.svg");
            return new ReusedContext(context, anchor, unused);
        }

        public async Task ClearAsync()
        {
            foreach (var page in Context.Pages.Where(p => p != Anchor).ToList())
            {
                await page.CloseAsync();
            }

            await Context.UnrouteAllAsync();
            await Context.SetOfflineAsync(false);
            await Context.ClearPermissionsAsync();
            await Context.ClearCookiesAsync();
            await Anchor.EvaluateAsync("() => localStorage.clear()");
            Unused.Add(this);
        }
    }
}

/// <summary>Closes a test's pages after the test.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PagesEndWithTheirTestAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) { }

    public void AfterTest(ITest test) =>
        Screen.CloseAsync(test.Id, TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed).GetAwaiter().GetResult();
}
