using System.Text.RegularExpressions;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.OpenApi;

public sealed partial class ApiPageTests
{
    [Test]
    public async Task Page_IsServedToAnybody_WithScriptsOfOurOwnOnly()
    {
        using var browser = TestApp.Current.NewBrowser();
        var page = (await browser.RawAsync(HttpMethod.Get, "/docs")).ShouldSucceed();
        var scripts = Script().Matches(page.Text);
        Assert.Multiple(() =>
        {
            Assert.That(page.Header("Content-Type"), Does.StartWith("text/html"));
            Assert.That(page.Header("Content-Security-Policy"), Does.Contain("script-src 'self';"));
            Assert.That(scripts, Is.Not.Empty);
            Assert.That(scripts.Select(s => s.Groups["text"].Value), Has.All.Empty, "inline scripts");
            Assert.That(page.Text, Does.Not.Contain("http://").And.Not.Contain("https://"));
        });
        foreach (var source in scripts.Select(s => s.Groups["source"].Value))
        {
            var script = (await browser.RawAsync(HttpMethod.Get, source)).ShouldSucceed();
            Assert.That(script.Header("Content-Type"), Does.StartWith("text/javascript"), source);
        }
    }

    [Test]
    public async Task Start_TurnsOffWhatCallsOtherHosts()
    {
        using var browser = TestApp.Current.NewBrowser();
        var start = (await browser.RawAsync(HttpMethod.Get, "/docs/start.js")).ShouldSucceed().Text;
        Assert.Multiple(() =>
        {
            foreach (var setting in (string[])["withDefaultFonts: false", "telemetry: false", "agent: { disabled: true }", "mcp: { disabled: true }", "showDeveloperTools: 'never'", "hideClientButton: true"])
            {
                Assert.That(start, Does.Contain(setting));
            }

            Assert.That(start, Does.Not.Contain("http"));
        });
    }

    [GeneratedRegex("<script src=\"(?<source>/[^\"]*)\">(?<text>[^<]*)</script>|<script[^>]*>(?<text>[^<]*)</script>")]
    private static partial Regex Script();
}
