using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Search;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// EF Core's SQL Server statements for every query of a long scenario and every kind of write: each can be translated and is valid
/// T-SQL. Runs without a server.
/// </summary>
public sealed class SqlServerStatementTests
{
    private readonly SqlServerTwin twin = new();

    [OneTimeSetUp]
    public async Task Run()
    {
        await using var app = TestApp.Start(
            s =>
            {
                TrigramSearchOnSqlite.Use(s);
                s.ConfigureDbContext<SqliteRoundtableDbContext>(o => o.AddInterceptors(twin));
            },
            ("Database:Provider", "Sqlite"),
            ("Serilog:MinimumLevel:Default", "Error")
        );
        await TrigramSearchOnSqlite.CreateTablesAsync(app);
        await LongScenario.RunAsync(app);
        await SearchAsync(app);
        await WriteEverythingAsync();
    }

    [Test]
    public void Queries_CanAllBeTranslated()
    {
        Assert.That(twin.Failures, Is.Empty);
        Assert.That(twin.Statements, Has.Count.GreaterThan(100), "The scenario is too short");
    }

    [Test]
    public void Statements_AreTransactSql()
    {
        var faults = twin
            .Statements.Select(sql => (Sql: sql, Errors: Parse(sql).Errors))
            .Where(s => s.Errors.Count > 0)
            .Select(s => $"{s.Errors[0].Message}\n{s.Sql}");
        Assert.That(string.Join("\n\n", faults), Is.Empty);
    }

    // Error 1033: without TOP or OFFSET, SQL Server allows ORDER BY only at the outermost level.
    [Test]
    public void OrderBy_IsOutermost_OrHasALimit()
    {
        var visitor = new InnerOrders();
        foreach (var sql in twin.Statements)
        {
            Parse(sql).Script.Accept(visitor);
        }

        Assert.That(visitor.Seen, Is.GreaterThan(20), "inspected ORDER BY clauses");
        Assert.That(visitor.Found, Is.Empty);
    }

    // On SQL Server, strings from JSON have the database's collation and cannot be compared with columns of another:
    // https://github.com/dotnet/efcore/issues/32147
    [Test]
    public void Lists_ArePassedAsParameters_NotAsJson() =>
        Assert.That(twin.Statements.Where(s => s.Contains("OPENJSON", StringComparison.Ordinal)), Is.Empty);

    [TestCaseSource(nameof(ByHand))]
    public void HandwrittenStatements_AreTransactSql(string sql)
    {
        var (script, errors) = Parse(sql);
        Assert.That(errors.Select(e => e.Message), Is.Empty, sql);
        var visitor = new InnerOrders();
        script.Accept(visitor);
        Assert.That(visitor.Found, Is.Empty);
    }

    // The search index is notified only of saved entities.
    [Test]
    public void NamesAndAddresses_AreUpdatedThroughTheirEntityOnly()
    {
        var past = twin.Statements.Where(s => s.StartsWith("UPDATE [u]", StringComparison.Ordinal)).ToList();
        Assert.That(past, Is.Not.Empty, "updates without an entity");
        Assert.That(
            past.Where(s =>
                s.Contains("].[NormalizedName] =", StringComparison.Ordinal)
                || s.Contains("].[NormalizedEmail] =", StringComparison.Ordinal)
            ),
            Is.Empty
        );
    }

    [Test]
    public void InnerOrderBys_AreDetected()
    {
        // The parser also enforces the rule if it sees the whole statement.
        Assert.That(Parse("SELECT a FROM (SELECT a FROM t ORDER BY a) AS x").Errors, Is.Not.Empty);
        var visitor = new InnerOrders();
        Parse("SELECT a FROM (SELECT TOP(1) a FROM t ORDER BY a) AS x ORDER BY a").Script.Accept(visitor);
        Assert.That(visitor.Found, Is.Empty);
        Assert.That(visitor.Seen, Is.EqualTo(2));
    }

    private static (TSqlFragment Script, IList<ParseError> Errors) Parse(string sql)
    {
        using var reader = new StringReader(sql);
        var script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return (script, errors);
    }

    private static async Task SearchAsync(TestApp app)
    {
        await TrigramSearchOnSqlite.IndexAsync(app);
        await using var scope = app.Services.CreateAsyncScope();
        Assert.That(await scope.ServiceProvider.GetRequiredService<IUserSearch>().FindAsync("EXAMPLE.COM", default), Is.Not.Empty);
    }

    // Inferred types would be wrong: a time becomes a datetime, coarser than the column, and a key an nvarchar, for which the column is
    // converted.
    [Test]
    public void Parameters_HaveTheTypesOfTheirColumns()
    {
        var server = SqlDialect.Of(DatabaseProvider.SqlServer);
        SqlDbType TypeOf(SqlValue value) => ((SqlParameter)server.Parameter("@u1", value)).SqlDbType;
        Assert.Multiple(() =>
        {
            Assert.That(TypeOf(SqlValue.Key("x")), Is.EqualTo(SqlDbType.VarChar));
            Assert.That(TypeOf(SqlValue.Text("x")), Is.EqualTo(SqlDbType.NVarChar));
            Assert.That(TypeOf(SqlValue.Time(DateTime.UtcNow)), Is.EqualTo(SqlDbType.DateTime2));
            Assert.That(TypeOf(SqlValue.Number(1)), Is.EqualTo(SqlDbType.Int));
        });
    }

    private static IEnumerable<TestCaseData> ByHand()
    {
        var (server, now) = (SqlDialect.Of(DatabaseProvider.SqlServer), DateTime.UtcNow);
        var filter = new UserFilter("x", "user", true, true, now, now, now);
        foreach (
            var order in (UserOrder?[])
                [null, new UserOrder(UserSort.Name, true), new UserOrder(UserSort.Email, false), new UserOrder(UserSort.LastSeenAt, false)]
        )
        {
            var page = new UserPageQuery(filter, order, new UserPosition("X", null, EntityId.New(now)), 100, now);
            yield return Case($"list by {order?.Sort.ToString() ?? "id"}", UserListRead.Of(server, page, [EntityId.New(now)], null).Text);
        }

        yield return Case(
            "window",
            UserListRead.Of(server, new UserPageQuery(filter, new UserOrder(UserSort.Name, false), null, 100, now), null, 400).Text
        );
        yield return Case("count", UserConditions.Count(server, filter, [EntityId.New(now)], now).Text);
        yield return Case("ids", UserConditions.Ids(server, filter, [EntityId.New(now)], now).Text);
        using (var db = Models.SqlServer())
        {
            yield return Case(
                "users of a filter, within a query",
                db.Sessions.Where(s => UserConditions.Users(db, filter, now).Any(u => u.Id == s.UserId)).ToQueryString()
            );
        }

        yield return Case("user", UserRead.Of("x").Text);
        foreach (var locked in (bool[])[false, true])
        {
            var session = SessionRead.Of(server, locked);
            yield return Case($"session by key, locked: {locked}", session.ByKey);
            yield return Case($"session by id, locked: {locked}", session.ById);
        }

        yield return Case("audit chain", server.TakeAuditChain);
        yield return Case("daily count", server.AddToDailyCount);

        static TestCaseData Case(string name, string sql) => new TestCaseData(sql).SetArgDisplayNames(name);
    }

    /// <summary>Adds, updates and deletes a row of every table; without a server, each save ends in "no row was affected".</summary>
    private async Task WriteEverythingAsync()
    {
        foreach (
            var type in Models
                .SqlServer()
                .Model.GetEntityTypes()
                .Where(t => t.ClrType.Namespace?.StartsWith("Roundtable", StringComparison.Ordinal) == true)
        )
        {
            foreach (var state in (EntityState[])[EntityState.Added, EntityState.Modified, EntityState.Deleted])
            {
                await using var db = twin.Open();
                var entry = db.Entry(Activator.CreateInstance(type.ClrType, nonPublic: true)!);
                foreach (var property in type.GetProperties())
                {
                    // A numeric foreign key must reference a row: 0 means unset.
                    var value = entry.Property(property.Name);
                    value.CurrentValue =
                        property.IsForeignKey() && property.ClrType == typeof(int) ? 1 : value.CurrentValue ?? Sample(property);
                }

                entry.State = state;
                try
                {
                    await db.SaveChangesAsync();
                }
                catch (DbUpdateException)
                {
                    // The statement has been recorded.
                }
            }
        }
    }

    private static object? Sample(IProperty property) =>
        property.ClrType switch
        {
            _ when property.IsNullable => null,
            var t when t == typeof(string) => new string('0', property.GetMaxLength() ?? 8),
            var t when t == typeof(byte[]) => Array.Empty<byte>(),
            var t => Activator.CreateInstance(t),
        };

    private sealed class InnerOrders : TSqlFragmentVisitor
    {
        private readonly HashSet<QueryExpression> outer = [];

        public List<string> Found { get; } = [];

        public int Seen { get; private set; }

        public override void Visit(SelectStatement node) => outer.Add(node.QueryExpression);

        public override void Visit(QuerySpecification node)
        {
            Seen += node.OrderByClause is null ? 0 : 1;
            if (node is { OrderByClause: not null, TopRowFilter: null, OffsetClause: null } && !outer.Contains(node))
            {
                Found.Add(
                    string.Concat(
                        node.ScriptTokenStream.Skip(node.FirstTokenIndex)
                            .Take(node.LastTokenIndex - node.FirstTokenIndex + 1)
                            .Select(t => t.Text)
                    )
                );
            }
        }
    }
}
