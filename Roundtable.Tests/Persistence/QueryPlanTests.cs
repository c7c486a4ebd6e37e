using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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
        var scans = statements
            .SelectMany(s => Explain(s).Where(step => IsScan(step.Text, s.Text)).Select(step => $"{step.Text}\n{s.Text}"))
            .Distinct();
        Assert.That(string.Join("\n\n", scans), Is.Empty);
    }

    // What is sorted has been read: a page of a list must come in its index's order. Allowed are the outermost sort, of one page;
    // two indexes that are joined by "or" (what one person did, what mail is due); and what the index of another filter leaves.
    [Test]
    public void Lists_AreReadInTheOrderOfAnIndex()
    {
        var sorts = Statements()
            .Where(s => s.Text.Contains("LIMIT", StringComparison.Ordinal))
            .Where(s => SortsMoreThanAPage(Explain(s)))
            .Select(s => string.Join('\n', Explain(s).Select(step => step.Text).Prepend(s.Text)));
        Assert.That(string.Join("\n\n", sorts), Is.Empty);
    }

    private static bool SortsMoreThanAPage(List<Step> steps)
    {
        var pages = steps.Where(s => s.Text.StartsWith("CO-ROUTINE", StringComparison.Ordinal)).Select(s => s.Id).ToList();
        var sorts = steps.Where(s => s.Text.Contains("TEMP B-TREE", StringComparison.Ordinal)).ToList();
        return !steps.Any(s => s.Text == "MULTI-INDEX OR")
            && sorts.Any(s => pages.Count == 0 || (s.Parent != 0 && steps.Any(other => other.Parent == s.Parent && other.Text.StartsWith("SCAN", StringComparison.Ordinal))));
    }

    private static bool IsScan(string step, string sql)
    {
        if (Scan().Match(step) is not { Success: true } scan || step.Contains("USING INDEX", StringComparison.Ordinal) || step.Contains("USING COVERING INDEX", StringComparison.Ordinal))
        {
            return false;
        }

        var name = scan.Groups["name"].Value;
        var table = Regex.Match(sql, $"\"(?<table>\\w+)\" AS \"{name}\"") is { Success: true } alias ? alias.Groups["table"].Value : name;
        return Growing.Contains(table);
    }

    private List<SqlCommand> Statements() =>
    [
        .. log.Of(app).Where(c => Statement().IsMatch(c.Text) && !c.Text.Contains("__EFMigrations", StringComparison.Ordinal) && !c.Text.Contains("sqlite_master", StringComparison.Ordinal))
            .DistinctBy(c => c.Text),
    ];

    private List<Step> Explain(SqlCommand statement)
    {
        using var connection = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement.Text}";
        foreach (var (name, value) in statement.Parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<Step>();
        while (reader.Read())
        {
            steps.Add(new Step(reader.GetInt32(0), reader.GetInt32(1), reader.GetString(3)));
        }

        return steps;
    }

    private sealed record Step(int Id, int Parent, string Text);

    [GeneratedRegex("^SCAN (TABLE )?(?<name>\\w+)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE)\b")]
    private static partial Regex Statement();
}
