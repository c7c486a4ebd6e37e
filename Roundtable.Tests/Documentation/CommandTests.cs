using System.Text.RegularExpressions;
using Roundtable.Api.Startup;

namespace Roundtable.Tests.Documentation;

/// <summary>No command stands in the documentation that nobody tried.</summary>
public sealed class CommandTests
{
    private static IEnumerable<(string Place, string Command)> All =>
        Page.All.SelectMany(p => p.Blocks).Where(b => b.Language == "sh" && !ShellSession.Runs(b)).SelectMany(b => Commands.Of(b.Text).Select(c => (b.Place, c)))
            .Concat(Page.All.SelectMany(p => p.Blocks).Where(b => b.Language == "").SelectMany(b => b.Text.Split('\n').Where(l => l.StartsWith("$ ", StringComparison.Ordinal)).Select(l => (b.Place, l[2..]))))
            .Concat(Page.All.SelectMany(p => p.Codes.Where(c => Regex.IsMatch(c.Text, "^(dotnet|npm|UPDATE_[A-Z]+=1) [a-zA-Z]")).SelectMany(c => Commands.Of(c.Text).Select(part => ($"{p.Path}:{c.Line}", part)))));

    [Test]
    public void Commands_AreRunOrLookedUp()
    {
        var commands = All.ToList();
        Assert.That(commands, Has.Count.GreaterThan(40));
        var wrong = from command in commands
                    where !Commands.IsAllowed(command.Command)
                    let fault = Commands.Fault(command.Command)
                    where fault is not null
                    select $"{command.Place}: '{command.Command}' {fault}.";
        Assert.That(string.Join('\n', wrong), Is.Empty, "Correct it, run it (ShellSession.Pages), or list it in Commands.Allowed with the reason");
    }

    [Test]
    public void Blocks_WithCommands_AreShell() => Assert.That(
        Page.All.SelectMany(p => p.Blocks).Where(b => b.Language == "" && Regex.IsMatch(b.Text, @"^(dotnet|npm|curl|cd|bench/\w+) (?!.*\[)", RegexOptions.Multiline)).Select(b => b.Place), Is.Empty);

    [Test]
    public void ProgramsCommands_StandInTheReadme()
    {
        var readme = Page.Of("README.md").Text;
        var commands = CommandLine.Usage.Split('\n').Where(l => l.StartsWith("  Roundtable.Api ", StringComparison.Ordinal)).Select(l => l["  Roundtable.Api ".Length..].Replace(" [settings]", "", StringComparison.Ordinal).Split("   ")[0].Trim());
        Assert.That(commands.Where(c => c != "[settings]" && !readme.Contains($"| `{c}` |", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Exceptions_AreNeeded() => Assert.That(Commands.Allowed.Keys.Where(a => !All.Any(c => Regex.IsMatch(c.Command, a))), Is.Empty);

    [TestCase("dotnet run --project Roundtable.Api -- create-admin --mail a@example.com", "is refused by the program: Unknown argument: --mail")]
    [TestCase("dotnet Roundtable.Api.dll migrate --script > schema.sql", null)]
    [TestCase("dotnet Roundtable.Api.dll restore", "is refused by the program: Unknown command: restore")]
    [TestCase("dotnet publish Roundtable.Web -c Release", "is about the project Roundtable.Web, which is not there")]
    [TestCase("dotnet test --filter \"TestCategory=threat-99\"", "selects no test: none has the category threat-99")]
    [TestCase("dotnet test --filter \"FullyQualifiedName~Tests.Guards|FullyQualifiedName~Neverwhere\"", "selects no test: none has Neverwhere in its name")]
    [TestCase("UPDATE_EVERYTHING=1 dotnet test", "sets UPDATE_EVERYTHING, which nothing reads")]
    [TestCase("npm run nothing", "runs the script nothing, which no package.json has")]
    [TestCase("bench/walk", "starts bench/walk, which is not there")]
    [TestCase("docker run roundtable", Commands.NotKnown)]
    public void Faults_AreNoticed(string command, string? fault) => Assert.That(Commands.Fault(command), Is.EqualTo(fault));
}
