using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// No statement scans a growing table. SQLite explains each statement of a long scenario without statistics, so the planner assumes
/// that every table is large.
/// </summary>
public sealed partial class QueryPlanTests
{
    // Few roles, keys and endpoints, one row per day: all other tables may grow without limit.
    private static readonly string[] Small = ["Roles", "DataProtectionKeys", "AuditChains", "WebhookEndpoints"];

    private static readonly string[] Growing = [.. Models.Sqlite().Model.GetEntityTypes().Select(t => t.GetTableName()!).Except(Small)];

    private SqlLog log = null!;
    private TestApp app = null!;

    [OneTimeSetUp]
    public async Task Run()
    {
        log = new SqlLog();
        app = TestApp.Start(("Database:Provider", "Sqlite"), ("Audit:Retention", "1.00:00:00"));
        await LongScenario.RunAsync(app);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await app.DisposeAsync();
        log.Dispose();
    }

    [Test]
    public void Statements_ScanNoGrowingTable()
    {
        var statements = Statements();
        Assert.That(statements, Has.Count.GreaterThan(60), "The scenario is too short");
        StatementGuards.StatementsScanNoGrowingTable(new Subject { Statements = statements, Growing = Growing }).ShouldBeEmpty();
    }

    [Test]
    public void Lists_AreReadInIndexOrder() =>
        StatementGuards
            .PagesAreReadInIndexOrder(
                new Subject { Statements = [.. Statements().Where(s => !IsUsersByRange(s.Text) && !IsUsersByIds(s.Text))] }
            )
            .ShouldBeEmpty();

    // Users in a time range, or banned users, sorted by another column: no index covers both. They are read by the range and sorted,
    // because the list's order would reach the few users of a narrow range last.
    private static bool IsUsersByRange(string sql) =>
        Range().Matches(sql).Any(range => !sql.Contains($"ORDER BY u.\"{range.Groups["column"].Value}\"", StringComparison.Ordinal));

    // The search index returns at most IUserSearch.MaxCandidates users.
    private static bool IsUsersByIds(string sql) => sql.Contains("u.\"Id\" IN (SELECT value FROM json_each", StringComparison.Ordinal);

    [GeneratedRegex("""u\."(?<column>BannedUntilUtc|CreatedAtUtc|LastSeenOrEpochUtc)" (>|>=|<) @u""")]
    private static partial Regex Range();

    private List<ExplainedStatement> Statements()
    {
        using var connection = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=false");
        connection.Open();
        return
        [
            .. log.Of(app)
                .Where(c =>
                    Statement().IsMatch(c.Text)
                    && !c.Text.Contains("__EFMigrations", StringComparison.Ordinal)
                    && !c.Text.Contains("sqlite_master", StringComparison.Ordinal)
                )
                .DistinctBy(c => c.Text)
                .Select(c => ExplainedStatement.Of(connection, c.Text, c.Parameters)),
        ];
    }

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE)\b")]
    private static partial Regex Statement();
}
