using System.Text.RegularExpressions;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>The TypeScript of the pages as modules: compiled against the client, then run by Node.js, one page at a time.</summary>
internal sealed partial class TypeScriptPages
{
    // Provided by the page's reader.
    private const string Ambient = """
        declare global {
          /** Asks for the code of the authenticator app that has this secret. */
          function askForCode(secret: string): Promise<string>;
          /** Waits until a mail with a token came after the last request, and no more come: a notice of an earlier one may be late. */
          function mailed(): Promise<void>;
          const id: string;
          const token: string;
        }
        export {};
        """;

    private const string Totp = """
        import { createHmac } from "node:crypto";
        import { readdirSync, readFileSync } from "node:fs";

        export function totp(secret) {
          const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
          const key = Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)));
          const step = Buffer.alloc(8);
          step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
          const hash = createHmac("sha1", key).update(step).digest();
          return ((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1000000).toString().padStart(6, "0");
        }

        const folder = "Roundtable.Api/App_Data/mail";
        const newest = () => readdirSync(folder).filter((f) => f.endsWith(".eml")).sort().at(-1);
        const send = globalThis.fetch;
        let before;
        globalThis.fetch = (...request) => {
          before = newest();
          return send(...request);
        };
        globalThis.mailed = async () => {
          const whole = (now, last) => now !== before && now === last && readFileSync(`${folder}/${now}`, "utf8").includes("#token=");
          for (let i = 0, now = before, last; i < 300 && !whole(now, last); i++) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            [last, now] = [now, newest()];
          }
        };

        globalThis.askForCode = async (secret) => totp(secret);
        if (process.argv[1]?.endsWith("totp.mjs")) {
          console.log(totp(process.argv[2]));
        }
        """;

    private readonly string folder;

    private TypeScriptPages(string folder) => this.folder = folder;

    public static IEnumerable<string> Pages => Page.All.Where(p => p.Blocks.Exists(b => b.Language == "ts")).Select(p => p.Path);

    /// <summary>Writes the script that computes authenticator codes, also for shells.</summary>
    public static void WriteTools(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "totp.mjs"), Totp);
    }

    /// <summary>Compiles the client and all pages.</summary>
    /// <param name="folder">The folder in which the pages run.</param>
    /// <param name="domain">Replaces <c>example.com</c>, by page.</param>
    public static TypeScriptPages Compile(string folder, Func<Page, string> domain, Uri address)
    {
        NodeTools.PrepareClient();
        var package = Path.Combine(folder, "node_modules", "@roundtable", "client");
        Directory.CreateDirectory(package);
        File.Copy(Repository.PathOf("client", "package.json"), Path.Combine(package, "package.json"));
        var compiler = Repository.PathOf("client", "node_modules", "typescript", "bin", "tsc");
        NodeTools.Run(
            folder,
            "node",
            [compiler, "-p", Repository.PathOf("client", "tsconfig.json"), "--outDir", Path.Combine(package, "dist")]
        );

        File.Copy(Repository.PathOf("client", "test", "cookies.mjs"), Path.Combine(folder, "cookies.mjs"));
        File.WriteAllText(Path.Combine(folder, "package.json"), "{\"type\":\"module\"}");
        File.WriteAllText(Path.Combine(folder, "ambient.d.ts"), Ambient);
        foreach (var page in Pages.Select(Page.Of))
        {
            Write(page, ".run", b => !b.Notes.ContainsKey("compiled only"));
            Write(page, ".browser", b => b.Notes.ContainsKey("compiled only"));
        }

        string[] options =
        [
            "--strict",
            "--noUncheckedIndexedAccess",
            "--target",
            "ES2022",
            "--module",
            "NodeNext",
            "--allowJs",
            "--skipLibCheck",
            "--lib",
            "ES2022,DOM,DOM.Iterable",
            "--outDir",
            "out",
            "--rootDir",
            ".",
        ];
        NodeTools.Run(
            folder,
            "node",
            [
                compiler,
                .. options,
                "--types",
                "node",
                "--typeRoots",
                Repository.PathOf("client", "node_modules", "@types"),
                .. Directory.GetFiles(folder, "*.ts").Select(f => Path.GetFileName(f)),
                "cookies.mjs",
            ]
        );
        return new TypeScriptPages(folder);

        void Write(Page page, string kind, Func<Block, bool> wanted)
        {
            var blocks = page.Blocks.Where(b => b.Language == "ts" && wanted(b)).ToList();
            if (blocks.Count > 0)
            {
                var text = string.Join('\n', blocks.Select(b => b.Text))
                    .Replace("http://localhost:5080", address.OriginalString, StringComparison.Ordinal)
                    .Replace("@example.com", $"@{domain(page)}", StringComparison.Ordinal)
                    .Replace("await sleep(2000);", "await mailed();", StringComparison.Ordinal);
                File.WriteAllText(Path.Combine(folder, $"{Slug(page)}{kind}.ts"), $"{text}\nexport {{}};\n");
            }
        }
    }

    /// <summary>Runs a page and returns its output and the output that the page claims.</summary>
    public (string Written, string Said) Run(Page page)
    {
        var module = Path.Combine(folder, "out", $"{Slug(page)}.run.js");
        if (!File.Exists(module))
        {
            return ("", "");
        }

        var written = NodeTools.Run(folder, "node", ["--import", "./tools/totp.mjs", module]);
        var said = Writes().Matches(File.ReadAllText(Path.Combine(folder, $"{Slug(page)}.run.ts"))).Select(m => m.Groups["said"].Value);
        return (written.TrimEnd().ReplaceLineEndings("\n"), string.Join('\n', said));
    }

    private static string Slug(Page page) => page.Path.Replace('/', '-').Replace(".md", "", StringComparison.Ordinal);

    [GeneratedRegex("console\\.log\\(.*\\); // (?<said>.*)")]
    private static partial Regex Writes();
}
