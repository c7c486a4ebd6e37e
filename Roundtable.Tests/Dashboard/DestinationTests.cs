using System.Text.Json;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Dashboard;

/// <summary>Checks the only function that decides where the page's own URL may lead against the browsers' URL parser, in Node.js.</summary>
[Category("threat-37")]
public sealed class DestinationTests
{
    private const string Home = "https://round.example";

    // Each destination, the path accepted from it, and the origin to which that leads from a page: as it is, decoded once and decoded
    // twice.
    private const string Script = """
        import { localPath } from './destination.js';
        import { readFileSync } from 'node:fs';
        const decode = s => { try { return decodeURIComponent(s) } catch { return s } };
        const lead = s => { try { return new URL(s, 'https://round.example/sign-in').origin } catch { return 'nowhere' } };
        const tried = JSON.parse(readFileSync(0, 'utf8'));
        const led = p => [p, lead(p), lead(decode(p)), lead(decode(decode(p)))];
        console.log(JSON.stringify(tried.map(t => localPath(t)).map(p => p === undefined ? null : led(p))));
        """;

    private static readonly string?[] Refused =
    [
        null,
        "",
        "evil.example",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "\t//evil.example",
        " //evil.example",
        " /account",
        "/account ",
        "/\0/evil.example",
        "/\u007f",
        "/\u0085/evil.example",
        "/\u00a0/evil.example",
        "/\u2028/evil.example",
        "/\uff0fevil.example",
        "/\uff3cevil.example",
        "https://evil.example",
        "https:evil.example",
        "http:/evil.example",
        "HTTPS://evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://round.example/x",
        "mailto:a@b.example",
        "?next=//evil.example",
        "#//evil.example",
        "/%2fevil.example",
        "/%2Fevil.example",
        "/%5cevil.example",
        "/%5C/evil.example",
        "%2f%2fevil.example",
        "/%252fevil.example",
        "/%255cevil.example",
        "/%25252fevil.example",
        "/%09/evil.example",
        "/%0a/evil.example",
        "/%0d%0aSet-Cookie:x",
        "/%00",
        "/%7f",
        "/%2509/evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/./evil",
        "/../evil",
        "/a/..//evil.example",
        "/%2e%2e//evil.example",
        "/%2e/%2fevil.example",
        "/account//evil.example",
        "/account/../%2f/evil.example",
        "/account?x=\\",
        "/account?x=%5c",
        "/account?x=%0a",
        "/a\"b",
        "/<script>",
        "https://round.example/account",
        "@evil.example",
        ".evil.example",
        "/\ud800",
    ];

    private static readonly string[] Accepted =
    [
        "/",
        "/account/profile",
        "/admin/users?search=Zo%C3%AB&sort=name",
        "/admin/users?search=a%20b",
        "/admin/users?search=100%25",
        "/account/security#passkeys",
        "/admin/audit?from=2026-12-24T18:00:00Z",
        "/admin/users/019ab2c4d5e67f8091a2b3c4d5e6f708",
        "/a?to=https://evil.example/",
        "/a#//evil.example",
        "/a/javascript:alert(1)",
        "/@evil.example",
        "/.well-known/change-password",
        "/a..b/c",
    ];

    private TempFolder folder = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        NodeTools.PrepareClient();
        folder = new TempFolder();
        NodeTools.Run(
            folder.Name,
            "node",
            [
                Repository.PathOf("client", "node_modules", "typescript", "bin", "tsc"),
                Repository.PathOf("dashboard", "src", "shared", "lib", "destination.ts"),
                "--outDir",
                folder.Name,
                "--target",
                "ES2022",
                "--module",
                "ES2022",
                "--strict",
                "--lib",
                "ES2022",
            ]
        );
        File.WriteAllText(folder.PathOf("package.json"), """{ "type": "module" }""");
        File.WriteAllText(folder.PathOf("try.js"), Script);
    }

    [OneTimeTearDown]
    public void Remove() => folder?.Dispose();

    [Test]
    public void Destinations_OfOtherSites_AreRefused() =>
        Assert.That(Refused.Zip(Try(Refused)).Where(t => t.Second is not null).Select(t => t.First), Is.Empty);

    [Test]
    public void Destinations_InTheDashboard_AreKept() => Assert.That(Try(Accepted).Select(t => t?[0]), Is.EqualTo(Accepted));

    [Test]
    public void Destinations_FromAnyText_StayOnTheSite()
    {
        string[] fragments =
        [
            "/",
            "//",
            "\\",
            "%2f",
            "%5c",
            "%252f",
            "%255c",
            "%",
            "%0",
            ".",
            "..",
            ":",
            "@",
            "?",
            "#",
            "\t",
            "\n",
            " ",
            "\0",
            "%09",
            "%00",
            "https:",
            "javascript:",
            "evil.example",
            "a",
            "é",
            "\u2028",
            "／",
        ];
        var random = new Random(37);
        var tried = Enumerable
            .Range(0, 30_000)
            .Select(i =>
                (i % 2 == 0 ? "/" : "")
                + string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => fragments[random.Next(fragments.Length)]))
            )
            .Distinct()
            .ToArray();
        var kept = Try(tried).Where(t => t is not null).ToList();
        Assert.That(kept, Has.Count.GreaterThan(500), "too few samples");
        Assert.That(kept.Where(t => t!.Skip(1).Any(origin => origin != Home)).Select(t => string.Join(' ', t!)), Is.Empty);
    }

    private string[]?[] Try(string?[] destinations) =>
        JsonSerializer.Deserialize<string[]?[]>(NodeTools.Pipe("node", [folder.PathOf("try.js")], JsonSerializer.Serialize(destinations)))!;
}
