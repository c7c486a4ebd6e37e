using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Roundtable.Tests.Documentation;

/// <summary>
/// Runs a page's shell blocks in sequence in one bash, as a reader would. A response other than 2xx must be announced by a comment,
/// <c># 404 not_found</c>, or by the JSON that follows; a JSON block that follows is the last response.
/// </summary>
internal sealed partial class ShellSession(Page page, string domain, Uri address, string folder)
{
    public static readonly string[] Pages =
    [
        "README.md",
        "docs/api.md",
        "docs/api-guide.md",
        "docs/automation.md",
        "docs/concepts.md",
        "docs/getting-started.md",
        "docs/migrating-from-aspnet-identity.md",
        "docs/migrating-from-better-auth.md",
        "docs/profile-fields.md",
        "docs/webhooks.md",
    ];

    // Records every request's status and every failing command. Waiting for a mail means waiting until one with a token has arrived
    // after the last request and no more follow.
    private const string Prelude = """
        set -u -E
        trap 'echo "@@failed $BASH_COMMAND" >&2' ERR
        newest() { ls Roundtable.Api/App_Data/mail/*.eml 2>/dev/null | tail -1 || true; }
        curl() { newest > "$TOOLS/seen"; command curl -w '%{stderr}@@status %{http_code}\n' "$@"; }
        sleep() {
          local before=$(cat "$TOOLS/seen") now=""
          for _ in {1..300}; do
            local last=$now
            now=$(newest)
            if [ "$now" != "$before" ] && [ "$now" = "$last" ] && grep -q '#token=' "$now"; then return; fi
            command sleep 0.1
          done
        }
        oathtool() { node "$TOOLS/totp.mjs" "${@: -1}"; }
        sqlite3() { cat "$TOOLS/$PAGE.ndjson"; }

        """;

    /// <summary>Whether the block is run: its page must be, and it must run more than the program itself.</summary>
    public static bool Runs(Block block) => block.Language == "sh" && Pages.Contains(block.Page.Path) && Runnable().IsMatch(block.Text);

    /// <summary>The differences from the page.</summary>
    public IReadOnlyList<string> Faults()
    {
        var before = page
            .Blocks.Select(b => b.Notes.GetValueOrDefault("continues"))
            .OfType<string>()
            .Concat(Continued().Matches(page.Text).Select(m => m.Groups["page"].Value))
            .Distinct()
            .SelectMany(p => Page.Of(p).Blocks)
            .Where(Runs);
        var blocks = before.Concat(page.Blocks.Where(Runs)).ToList();
        if (page.Blocks.Find(b => b.Notes.GetValueOrDefault("database") == "sqlite") is { } query)
        {
            File.WriteAllText(Path.Combine(folder, "export.sql"), query.Text);
        }

        var script = Prelude + string.Concat(blocks.Select((b, i) => $"echo '@@block {i}'; echo '@@block {i}' >&2\n{Adapt(b.Text)}\n"));
        var (output, errors) = Bash(script);
        return [.. blocks.SelectMany((b, i) => Faults(b, Part(output, i), Part(errors, i)))];
    }

    private static IEnumerable<string> Faults(Block block, string output, string errors)
    {
        var statuses = Status().Matches(errors).Select(m => m.Groups["status"].Value).ToList();
        var next =
            block.Page.Blocks.ElementAtOrDefault(block.Page.Blocks.IndexOf(block) + 1) is { Language: "json" } json && IsNext(block, json)
                ? json
                : null;
        var said = Comment().Matches(block.Text).Select(m => m.Groups["status"].Value).ToList();
        if (next is not null && JsonPattern.Status(next.Text) is { } status && !said.Contains(status))
        {
            said.Add(status);
        }

        foreach (var missing in said.Where(s => !statuses.Remove(s)).Distinct())
        {
            yield return $"{block.Place}: nothing answered {missing}.\n{output}";
        }

        foreach (var unexpected in statuses.Where(s => s[0] != '2'))
        {
            yield return $"{block.Place}: unexpected status {unexpected}, which no comment documents.\n{output}";
        }

        foreach (Match failed in Failed().Matches(errors))
        {
            yield return $"{block.Place}: a command failed: {failed.Groups["command"].Value}\n{errors}\n{output}";
        }

        foreach (var fault in next is null ? [] : JsonPattern.Faults(next.Text, output))
        {
            yield return $"{next!.Place}: {fault}\n{output}";
        }
    }

    // Only an empty line or a line of text is between them.
    private static bool IsNext(Block block, Block json) => json.Line - block.Line - block.Text.Split('\n').Length <= 5;

    private string Adapt(string text) =>
        text.Replace("http://localhost:5080", address.OriginalString, StringComparison.Ordinal)
            .Replace("https://accounts.example.com", address.OriginalString, StringComparison.Ordinal)
            .Replace("@example.com", $"@{domain}", StringComparison.Ordinal);

    private (string Output, string Errors) Bash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-s"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TOOLS"] = Path.Combine(folder, "tools");
        start.Environment["PAGE"] = Path.GetFileNameWithoutExtension(page.Path);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        process.WaitForExit();
        return (output.Result, errors.Result);
    }

    private static string Part(string text, int index)
    {
        var parts = text.Split($"@@block {index.ToString(CultureInfo.InvariantCulture)}\n");
        return parts.Length < 2 ? "" : parts[1].Split("@@block ")[0];
    }

    [GeneratedRegex("(^|[\\s;(])(curl|sqlite3|split) ")]
    private static partial Regex Runnable();

    [GeneratedRegex("<!-- continues: (?<page>\\S+) -->")]
    private static partial Regex Continued();

    [GeneratedRegex("@@status (?<status>\\d{3})")]
    private static partial Regex Status();

    [GeneratedRegex("@@failed (?<command>.*)")]
    private static partial Regex Failed();

    [GeneratedRegex("# (?<status>\\d{3})\\b")]
    private static partial Regex Comment();
}
