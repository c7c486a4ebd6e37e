using System.Text.RegularExpressions;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>A parsed documentation page.</summary>
internal sealed partial class Page
{
    private static readonly string[] Folders = ["", "docs", "docs/decisions", "client", "client/csharp", "dashboard", "bench"];

    private Page(string path)
    {
        Path = path;
        Text = File.ReadAllText(Repository.PathOf(path));
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        var prose = new List<(string Text, int Line)>();
        List<string>? open = null;
        var (language, start) = ("", 0);
        foreach (var (index, line) in Text.Split('\n').Index())
        {
            if (Fence().Match(line) is { Success: true } fence)
            {
                if (open is null)
                {
                    (open, language, start) = ([], fence.Groups["language"].Value, index + 1);
                }
                else
                {
                    Blocks.Add(new Block(this, language, string.Join('\n', open), start, new Dictionary<string, string>(notes)));
                    (open, notes) = (null, []);
                }
            }
            else if (open is not null)
            {
                open.Add(line);
            }
            else if (Note().Match(line) is { Success: true } note)
            {
                notes[note.Groups["key"].Value] = note.Groups["value"].Value;
            }
            else
            {
                prose.Add((line, index + 1));
                if (line.Length > 0)
                {
                    notes.Clear();
                }
            }
        }

        Prose = prose;
    }

    /// <summary>Relative to the repository, separated by slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public List<Block> Blocks { get; } = [];

    /// <summary>All text outside code blocks, by line.</summary>
    public IReadOnlyList<(string Text, int Line)> Prose { get; }

    public static IReadOnlyList<Page> All { get; } =
    [
        .. Folders.SelectMany(f =>
            Directory
                .GetFiles(Repository.PathOf(f), "*.md")
                .Order(StringComparer.Ordinal)
                .Select(file => new Page(System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')))
        ),
    ];

    /// <summary>The inline code between backticks.</summary>
    public IEnumerable<(string Text, int Line)> Codes =>
        Prose.SelectMany(p => Code().Matches(p.Text).Select(m => (m.Groups["code"].Value, p.Line)));

    public IEnumerable<(string Target, int Line)> Links =>
        Prose.SelectMany(p => Link().Matches(Code().Replace(p.Text, "")).Select(m => (m.Groups["target"].Value, p.Line)));

    /// <summary>The anchors that GitHub generates from the headings.</summary>
    public IReadOnlySet<string> Anchors =>
        Prose
            .Select(p => Heading().Match(p.Text))
            .Where(m => m.Success)
            .Select(m => NotInAnchor().Replace(m.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
            .ToHashSet();

    public static Page Of(string path) => All.Single(p => p.Path == path);

    public override string ToString() => Path;

    [GeneratedRegex("^```(?<language>[a-z]*)\\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex("^<!-- (?<key>[a-z ]+?)(: (?<value>.*?))? -->$")]
    private static partial Regex Note();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}

/// <summary>A code block.</summary>
/// <param name="Line">Its first line.</param>
/// <param name="Notes">The comments directly before it: <c>&lt;!-- key: value --&gt;</c>.</param>
internal sealed record Block(Page Page, string Language, string Text, int Line, IReadOnlyDictionary<string, string> Notes)
{
    public string Place => $"{Page.Path}:{Line}";

    public override string ToString() => Place;
}
