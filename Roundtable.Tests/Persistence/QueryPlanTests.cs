using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// No statement reads a whole table that grows. Each one that the application issues in a long scenario is explained by SQLite,
/// without statistics: the planner then takes every table for a large one.
/// </summary>
public sealed partial class QueryPlanTests
{
    // A few roles, keys and endpoints, a row for each day: whatever else there is may grow without end.
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
    public void Statements_ReadNoGrowingTableWhole()
    {
        var statements = Statements();
        Assert.That(statements, Has.Count.GreaterThan(60), "The scenario is too short");
        StatementGuards.StatementsReadNoGrowingTableWhole(new Subject { Statements = statements, Growing = Growing }).ShouldBeEmpty();
    }

    [Test]
    public void Lists_AreReadInTheOrderOfAnIndex() =>
        StatementGuards
            .PagesComeInTheOrderOfAnIndex(new Subject { Statements = [.. Statements().Where(s => !IsUsersByRange(s.Text))] })
            .ShouldBeEmpty();

    // Users within some time, or banned ones, in the order of something else: no index has both. They are read by the range and sorted, as
    // the list's order would meet the few of a narrow range after everybody else.
    private static bool IsUsersByRange(string sql) =>
        Range().Matches(sql).Any(range => !sql.Contains($"ORDER BY u.\"{range.Groups["column"].Value}\"", StringComparison.Ordinal));

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
