using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Roundtable.Infrastructure.Persistence.Operations;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The SQL Server script can be run by hand, repeatedly.</summary>
public sealed partial class SqlServerScriptTests
{
    private string script = null!;
    private TSqlScript parsed = null!;

    [OneTimeSetUp]
    public void Parse()
    {
        using var db = Models.SqlServer();
        script = new SchemaMigrator(db, new SqlServerErrors(), TimeProvider.System).Script();
        using var reader = new StringReader(script);
        parsed = (TSqlScript)new TSql160Parser(initialQuotedIdentifiers: false).Parse(reader, out var errors);
        Assert.That(errors.Select(e => $"line {e.Line}: {e.Message}"), Is.Empty);
    }

    [Test]
    public void Script_CreatesEveryTable()
    {
        using var db = Models.SqlServer();
        var created = CreateTable().Matches(script).Select(m => m.Groups[1].Value).ToList();
        Assert.That(created, Is.SupersetOf(db.Model.GetEntityTypes().Select(t => t.GetTableName()).Distinct()));
    }

    [Test]
    public void Script_SetsOptionsThatSqlcmdOmits() =>
        Assert.That(
            parsed.Batches[0].Statements.Cast<PredicateSetStatement>().Select(s => (s.Options, s.IsOn)),
            Is.EqualTo(new[] { (SetOptions.QuotedIdentifier, true), (SetOptions.XactAbort, true) })
        );

    [Test]
    public void EveryStatement_ChecksWhetherItsMigrationIsApplied()
    {
        var steps = parsed
            .Batches.SelectMany(b => b.Statements)
            .Where(s => s is not (BeginTransactionStatement or CommitTransactionStatement or PredicateSetStatement))
            .ToList();
        var unguarded = steps
            .Select(s => script.Substring(s.StartOffset, s.FragmentLength).ReplaceLineEndings(" "))
            .Where(s => !Guard().IsMatch(s));
        Assert.That(unguarded, Is.Empty);
        Assert.That(steps, Has.Count.GreaterThan(20));
    }

    [GeneratedRegex(@"CREATE TABLE \[(\w+)\]")]
    private static partial Regex CreateTable();

    [GeneratedRegex(
        @"^IF (OBJECT_ID\(N'\[__EFMigrationsHistory\]'\) IS NULL"
            + @"|NOT EXISTS \(\s*SELECT \* FROM \[__EFMigrationsHistory\]\s+WHERE \[MigrationId\] = N'\d{14}_\w+'\s*\)) "
    )]
    private static partial Regex Guard();
}
