using System.Text.RegularExpressions;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.OpenApi;

public sealed partial class ApiPageTests
{
    [Test]
    public async Task Page_IsServedToAnonymousCallers_WithOwnScriptsOnly()
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
    public async Task StartScript_NamesNoOtherHost_AndNoValidator()
    {
        using var browser = TestApp.Current.NewBrowser();
        var start = (await browser.RawAsync(HttpMethod.Get, "/docs/start.js")).ShouldSucceed().Text;
        Assert.That(start, Does.Contain("validatorUrl: null").And.Not.Contain("http"));
    }

    [TestCase("/docs/swagger-ui.js", "text/javascript", 500_000)]
    [TestCase("/docs/swagger-ui.css", "text/css", 50_000)]
    public async Task Files_AreCompressed_AndRevalidated(string path, string type, int most)
    {
        var packed = (await Wire.SendAsync(TestApp.Current, HttpMethod.Get, path, null, ("Accept-Encoding", "gzip, br"))).ShouldSucceed();
        var plain = (await Wire.SendAsync(TestApp.Current, HttpMethod.Get, path)).ShouldSucceed();
        var again = await Wire.SendAsync(
            TestApp.Current,
            HttpMethod.Get,
            path,
            null,
            ("Accept-Encoding", "gzip, br"),
            ("If-None-Match", packed.Header("ETag"))
        );
        Assert.Multiple(() =>
        {
            Assert.That(packed.Header("Content-Encoding"), Is.EqualTo("gzip"));
            Assert.That(int.Parse(packed.Header("Content-Length"), System.Globalization.CultureInfo.InvariantCulture), Is.LessThan(most));
            Assert.That(packed.Header("Vary"), Is.EqualTo("Accept-Encoding"));
            Assert.That(plain.Header("Content-Encoding"), Is.Empty);
            Assert.That(plain.Header("Content-Type"), Does.StartWith(type));
            Assert.That(plain.Header("ETag"), Is.Not.EqualTo(packed.Header("ETag")));
            Assert.That(again.Status, Is.EqualTo(304));
        });
    }

    [TestCase("/docs/index.html")]
    [TestCase("/docs/oauth2-redirect.html")]
    [TestCase("/docs/swagger-ui-standalone-preset.js")]
    public async Task NSwagsPage_IsNotServed(string path) =>
        Assert.That((await Wire.SendAsync(TestApp.Current, HttpMethod.Get, path)).Status, Is.EqualTo(404));

    [GeneratedRegex("<script src=\"(?<source>/[^\"]*)\">(?<text>[^<]*)</script>|<script[^>]*>(?<text>[^<]*)</script>")]
    private static partial Regex Script();
}
