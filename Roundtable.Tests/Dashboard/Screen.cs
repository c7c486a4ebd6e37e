using System.Diagnostics;
using Microsoft.Playwright;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Dashboard;

/// <summary>One application and one headless browser for all tests of the dashboard.</summary>
[SetUpFixture]
public sealed class Screen
{
    private static IPlaywright? playwright;
    private static IBrowser? browser;
    private static string? profile;

    public static TestApp App { get; private set; } = null!;

    public static string Shots { get; } = Directory.CreateDirectory(Repository.PathOf("TestResults", "screenshots")).FullName;

    [OneTimeSetUp]
    public async Task Start()
    {
        if (!File.Exists(Repository.PathOf("Roundtable.Api", "wwwroot", "index.html")))
        {
            Assert.Ignore("There is no dashboard to test: build without -p:BuildDashboard=false.");
        }

        App = TestApp.Start();
        profile = Directory.CreateTempSubdirectory("roundtable-browser-").FullName;
        var executable = FindOrInstall();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Channel = executable is null ? (OperatingSystem.IsWindows() ? "msedge" : "chrome") : null,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"],
            // Else Chromium writes into the home folder.
            Env = new Dictionary<string, string>(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!))
            {
                ["XDG_CONFIG_HOME"] = profile,
                ["XDG_CACHE_HOME"] = profile,
            },
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (App is not null)
        {
            await App.DisposeAsync();
        }

        if (profile is not null)
        {
            Directory.Delete(profile, recursive: true);
        }
    }

    /// <summary>A browser of somebody's own, signed in when a session is given.</summary>
    public static async Task<IPage> OpenAsync(Support.Browser? person = null, string locale = "en-GB")
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = App.BaseAddress.ToString(),
            Locale = locale,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });
        context.SetDefaultTimeout(15_000);
        if (person is not null)
        {
            await context.AddCookiesAsync([new Cookie { Name = "roundtable.session", Value = person.SessionCookie!, Url = App.BaseAddress.ToString() }]);
        }

        return await context.NewPageAsync();
    }

    private static string? FindOrInstall()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        if (OnPath("chromium") is null && OnPath("google-chrome") is null && OnPath("apt-get") is not null && Environment.UserName == "root")
        {
            TestContext.Progress.WriteLine("No browser found: installing chromium (once) ...");
            foreach (var arguments in (string[])["update -qq", "install -y -qq --no-install-recommends chromium fonts-dejavu-core"])
            {
                using var apt = Process.Start(new ProcessStartInfo("apt-get", arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } });
                apt?.WaitForExit();
            }
        }

        var found = OnPath("chromium") ?? OnPath("google-chrome");
        Assert.That(found, Is.Not.Null, "The browser tests need Chromium or Chrome. On Debian and Ubuntu: sudo apt-get install chromium");
        return found;
    }

    private static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(d => Path.Combine(d, name))
        .FirstOrDefault(File.Exists);
}
