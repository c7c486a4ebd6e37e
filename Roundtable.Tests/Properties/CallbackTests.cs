using System.Text.Json;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Properties;

/// <summary>
/// Every accepted callback leads a browser to a trusted origin, according to the browsers' URL parser: Node.js has the same one (WHATWG
/// URL) and checks everything that the rules accept.
/// </summary>
[Category("threat-6")]
public sealed class CallbackTests
{
    private const string Home = "https://round.example";
    private const string Trusted = "https://app.trusted.example:8443";

    // Each callback, as it is and as decoded once or twice more by a proxy, and the origins to which they lead from the home page.
    private const string Oracle = """
        const decode = s => { try { return decodeURIComponent(s) } catch { return s } };
        const lead = s => { try { return new URL(s, process.argv[1]).origin } catch { return 'nowhere' } };
        const callbacks = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        console.log(JSON.stringify(callbacks.map(c => [lead(c), lead(decode(c)), lead(decode(decode(c)))])));
        """;

    private static readonly string[] Fragments =
    [
        "/",
        "/",
        "//",
        "\\",
        "/\\",
        "%2f",
        "%2F",
        "%5c",
        "%255c",
        "%252f",
        ".",
        "..",
        "/./",
        "/../",
        ":",
        "@",
        "?",
        "#",
        "&",
        "=",
        ";",
        "%",
        "%%",
        "%00",
        "%09",
        "%0a",
        "%20",
        "\t",
        "\n",
        "\r",
        " ",
        "\0",
        "\u00a0",
        "\u3000",
        "／",
        "＼",
        "。",
        "．",
        "：",
        "@evil.example",
        "evil.example",
        ".evil.example",
        "round.example",
        "app.trusted.example",
        ":8443",
        ":443",
        "https:",
        "HTTPS:",
        "http:",
        "https://",
        "http://",
        "javascript:",
        "data:",
        "blob:",
        "file:",
        "[::1]",
        "127.0.0.1",
        "xn--",
        "é",
        "🙂",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\"",
        "<",
        "projects",
        "a",
        "0",
        Home,
        Trusted,
        Home + "/",
        Trusted + "/",
        Home + "?",
        Home + "#",
    ];

    private static readonly string[] PlainFragments =
    [
        "/",
        "a",
        "projects",
        "0",
        "-",
        "_",
        ".",
        "~",
        "?",
        "=",
        "&",
        "#",
        "%20",
        "%C3%BC",
        "%22",
        ":",
        "@",
        ";",
        ",",
    ];

    private readonly CallbackPolicy policy = new(Options.Create(new AppOptions { PublicUrl = Home, TrustedOrigins = [Trusted] }));

    [Test]
    public void AllowedCallbacks_StayOnTrustedOrigins()
    {
        var tried = Gen.Elements(Fragments)
            .Parts(1, 8)
            .Sample(150_000)
            .Concat(Gen.OneOf(Gen.Elements(Fragments), Texts.Any).Parts(1, 5).Select(t => "/" + t).Sample(50_000))
            .Distinct()
            .ToList();
        var allowed = tried.Where(policy.Allows).ToList();
        Assert.That(allowed, Has.Count.GreaterThan(2_000), "too few samples");
        Assert.That(tried.Count - allowed.Count, Is.GreaterThan(50_000));

        var output = NodeTools.Pipe("node", ["-e", Oracle, $"{Home}/magic-link"], JsonSerializer.Serialize(allowed));
        var origins = JsonSerializer.Deserialize<string[][]>(output)!;
        var astray = allowed
            .Zip(origins)
            .Where(c => c.Second.Any(o => o is not (Home or Trusted)))
            .Select(c => $"{c.First} leads to {string.Join(", ", c.Second)}");
        Assert.That(astray.Take(20), Is.Empty);
    }

    // Rules that reject everything would be safe too.
    [Test]
    public void OrdinaryCallbacks_AreAllowed() =>
        (from text in Gen.Elements(PlainFragments).Parts(0, 12) from origin in Gen.Elements("", Home, Trusted) select (origin, text)).Hold(
            x => policy.Allows($"{x.origin}/a{x.text}"),
            3000
        );

    [Test]
    public void OtherTexts_AreRefused_WithoutThrowing() => Texts.Any.Hold(text => !policy.Allows(text) || text[0] == '/', 3000);
}
