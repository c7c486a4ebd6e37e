using Microsoft.Data.Sqlite;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>Every connection string keyword is honoured, or rejected at startup with one line.</summary>
public sealed class ConnectionStringTests
{
    private const string Secret = "hunter2-hunter2";

    private static readonly (string Member, string[] Honoured, string[] Refused)[] Members =
    [
        (
            "Data Source",
            ["x.db", "./x.db"],
            ["", ":memory:", "file:x.db", "file:x.db?mode=ro", "FILE::memory:?cache=shared", "|DataDirectory|x.db"]
        ),
        ("Mode", ["ReadWriteCreate"], ["ReadOnly", "ReadWrite", "Memory", "Sometimes", "7"]),
        ("Cache", ["Default", "Private"], ["Shared", "Sometimes", "7"]),
        ("Password", [""], [Secret]),
        ("Foreign Keys", ["True"], ["False", "perhaps"]),
        ("Recursive Triggers", ["False"], ["True", "perhaps"]),
        ("Default Timeout", ["5"], ["30", "-1", "soon", "99999999999"]),
        ("Pooling", ["True", "False"], ["perhaps"]),
        ("Vfs", [""], ["unix", "memdb", "no-such-vfs"]),
    ];

    private static IEnumerable<TestCaseData> Refusals() =>
        Members.SelectMany(m =>
            m.Refused.Select(v => new TestCaseData(m.Member, v).SetArgDisplayNames(m.Member, v.Length == 0 ? "(none)" : v))
        );

    [Test]
    public void EveryKeyword_IsInTheTable() =>
        Assert.That(Members.Select(m => m.Member), Is.EquivalentTo(new SqliteConnectionStringBuilder().Keys.Cast<string>()));

    // Runs in this process: any end other than a rejection fails the test.
    [TestCaseSource(nameof(Refusals))]
    public void Keyword_IsRefused(string member, string value)
    {
        using var folder = new TempFolder();
        var (status, problem) = Start(folder, member == "Data Source" ? $"Data Source={value}" : $"Data Source=x.db;{member}={value}");
        Assert.That(status, Is.False);
        Assert.That(problem, Does.StartWith("ConnectionStrings:Roundtable ").And.Not.Contain(Secret).And.Not.Contain("\n"));
    }

    [Test]
    public async Task SupportedKeywords_AreAccepted()
    {
        using var folder = new TempFolder();
        var all = string.Join(';', Members.Select(m => $"{m.Member}={m.Honoured[^1]}"));
        using var server = await ServerProcess.ServeAsync(folder.Name, ("ConnectionStrings:Roundtable", all));
        using var user = await server.SignInAsync(TestApp.NewEmail());
        (await user.PatchAsync("/users/me", new { name = "Ada" })).ShouldSucceed();
        server.Terminate();
        Assert.That(await server.WaitForExitAsync(TimeSpan.FromSeconds(40)), Is.Zero);
        Assert.That(SqliteConnectionStrings.Refusal("Data Source=x.db;Mode=ReadWrite", folder.Name), Is.Null, "a file was created");
    }

    [TestCase("Mode=ReadOnly")]
    [TestCase("Default Timeout=soon")]
    [TestCase("Password=" + Secret)]
    public async Task Start_FailsWithOneLine(string member)
    {
        using var folder = new TempFolder();
        using var program = ServerProcess.Start(folder.Name, [("ConnectionStrings:Roundtable", $"Data Source=x.db;{member}")]);
        Assert.That(await program.WaitForExitAsync(TimeSpan.FromSeconds(60)), Is.EqualTo(1), program.Errors);
        Assert.That(program.ErrorLines, Has.Count.EqualTo(1), program.Errors);
        Assert.That(program.Errors, Does.StartWith("Configuration: ConnectionStrings:Roundtable ").And.Not.Contain(Secret));
        Assert.That(Directory.GetFiles(folder.Name, "x.db*"), Is.Empty);
    }

    [TestCase("Application Intent=ReadOnly")]
    [TestCase("MultipleActiveResultSets=True")]
    public void SqlServer_RefusesUnsupportedKeywords(string member) =>
        Assert.That(SqlServerConnectionStrings.Refusal($"Server=x;Database=y;{member}"), Is.Not.Null);

    private static (bool Started, string Problem) Start(TempFolder folder, string connectionString)
    {
        try
        {
            return SqliteConnectionStrings.Refusal(connectionString, folder.Name) is { } refusal
                ? (false, $"ConnectionStrings:Roundtable {refusal}")
                : (true, "");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return (false, "ConnectionStrings:Roundtable is none");
        }
    }
}
