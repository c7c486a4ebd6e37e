using System.Diagnostics;
using Microsoft.Playwright;

namespace Roundtable.Tests.Passkeys;

/// <summary>A headless Chromium: the system's own, installed by the package manager where permitted.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    // The first entry is the headless shell, which starts in a third less time.
    private static readonly string[] Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];

    // Resolved once for all fixtures, which start in parallel.
    private static readonly Lazy<string?> Program = new(() => Find() ?? (OperatingSystem.IsLinux() ? Install() : null));

    private readonly IPlaywright playwright;
    private readonly string profile;

    private Chromium(IPlaywright playwright, IBrowser browser, string profile) =>
        (this.playwright, Browser, this.profile) = (playwright, browser, profile);

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        var executable = Program.Value;
        var playwright = await Playwright.CreateAsync();
        var profile = Directory.CreateTempSubdirectory("chromium-").FullName;
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                // On other systems Playwright locates the installed Edge or Chrome itself.
                Channel = executable is null ? (OperatingSystem.IsWindows() ? "msedge" : "chrome") : null,
                Headless = true,
                Args =
                [
                    "--disable-gpu",
                    "--disable-quic",
                    // The pages of a context share their compiled code.
                    "--process-per-site",
                    // Chromium refuses to sandbox processes that run as root.
                    .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox", "--disable-dev-shm-usage"] : [],
                ],
                // Otherwise Chromium writes to the home directory.
                Env = new Dictionary<string, string>(
                    Environment
                        .GetEnvironmentVariables()
                        .Cast<System.Collections.DictionaryEntry>()
                        .ToDictionary(e => (string)e.Key, e => (string)e.Value!)
                )
                {
                    ["HOME"] = profile,
                    ["XDG_CONFIG_HOME"] = profile,
                    ["XDG_CACHE_HOME"] = profile,
                },
            }
        );
        return new Chromium(playwright, browser, profile);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // A browser process may still be writing; the folder is temporary.
        }
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable("TEST_BROWSER") is { Length: > 0 } chosen
            ? chosen
            : Names.Select(OnPath).FirstOrDefault(p => p is not null);

    private static string Install()
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && OnPath("apt-get") is not null)
        {
            TestContext.Progress.WriteLine("No browser found: installing chromium, once …");
            Run("apt-get", "update", "-qq");
            Run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "fonts-dejavu-core", "chromium-headless-shell");
            if (Find() is null)
            {
                Run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium");
            }
        }

        return Find()
            ?? throw new InvalidOperationException(
                "These tests need Chromium or Chrome. Debian and Ubuntu: apt-get install chromium. "
                    + "Elsewhere name the program in TEST_BROWSER."
            );
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(d => Path.Combine(d, name))
            .FirstOrDefault(File.Exists);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } }
        )!;
        process.WaitForExit();
    }
}
