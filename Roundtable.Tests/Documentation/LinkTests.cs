using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>Links have valid targets.</summary>
public sealed class LinkTests
{
    [Test]
    public void Links_HaveExistingTargets()
    {
        var broken =
            from page in Page.All
            from link in page.Links
            where
                !link.Target.Contains("://", StringComparison.Ordinal)
                && !link.Target.StartsWith("mailto:", StringComparison.Ordinal)
                && !HasTarget(page, link.Target)
            select $"{page.Path}:{link.Line} links to {link.Target}, which is not there.";
        Assert.That(string.Join('\n', broken), Is.Empty);
    }

    [Test]
    public void Pages_AreReachable_FromTheReadme()
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(["README.md"]);
        while (open.TryPop(out var path))
        {
            if (reached.Add(path) && Page.All.FirstOrDefault(p => p.Path == path) is { } page)
            {
                page.Links.Select(l => Resolve(page, l.Target.Split('#')[0]))
                    .Where(File.Exists)
                    .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
                    .ToList()
                    .ForEach(open.Push);
            }
        }

        // Decisions are found by browsing their folder.
        Assert.That(
            Page.All.Select(p => p.Path).Where(p => !p.StartsWith("docs/decisions/", StringComparison.Ordinal)).Except(reached),
            Is.Empty
        );
    }

    private static bool HasTarget(Page page, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? Repository.PathOf(page.Path) : Resolve(page, parts[0]);
        return (File.Exists(path) || Directory.Exists(path))
            && (parts.Length == 1 || Page.All.FirstOrDefault(p => Repository.PathOf(p.Path) == path)?.Anchors.Contains(parts[1]) is true);
    }

    private static string Resolve(Page page, string target) => Path.GetFullPath(Path.Combine(Repository.PathOf(page.Path), "..", target));
}
