using Microsoft.SqlServer.TransactSql.ScriptDom;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>Checks the output of <c>migrate --script</c> for what SQL Server would reject, batch by batch as its tools run it.</summary>
public sealed class SqlServerRulesTests
{
    private const int LongestClusteredKey = 900;
    private const int LongestIndexKey = 1700;
    private const string Binary = "Latin1_General_100_BIN2";

    private readonly Schema schema = new();
    private readonly List<string> faults = [];

    [OneTimeSetUp]
    public async Task Parse()
    {
        using var folder = new TempFolder();
        (string, string)[] settings =
        [
            ("Database:Provider", "SqlServer"),
            ("ConnectionStrings:Roundtable", "Server=192.0.2.1;Database=nowhere;User Id=nobody;Password=nothing"),
        ];
        using var program = await ServerProcess.RunAsync(folder.Name, settings, "migrate", "--script");
        Assert.That(program.ExitCode, Is.Zero, program.Errors);
        foreach (var batch in $"\n{program.Output}".Split("\nGO\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var reader = new StringReader(batch);
            var parsed = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
            faults.AddRange(errors.Select(e => $"line {e.Line} of: {batch}: {e.Message}"));
            parsed.Accept(schema);
        }
    }

    [Test]
    public void EveryBatch_Parses()
    {
        Assert.That(faults, Is.Empty);
        Assert.That(schema.Tables, Has.Count.GreaterThanOrEqualTo(13));
        Assert.That(schema.Keys, Has.Count.GreaterThan(30));
    }

    [Test]
    public void Keys_HaveIndexableTypes_1919() =>
        Assert.That(schema.Keys.SelectMany(k => k.Columns.Where(c => c.Bytes is null).Select(c => $"{k.Name}: {c.Type}")), Is.Empty);

    [Test]
    public void Keys_AreShortEnough_1946()
    {
        var tooLong = schema
            .Keys.Select(k => (k.Name, Bytes: k.Columns.Sum(c => c.Bytes ?? 0), Limit: k.Clustered ? LongestClusteredKey : LongestIndexKey))
            .Where(k => k.Bytes > k.Limit);
        Assert.That(tooLong.Select(k => $"{k.Name}: {k.Bytes} of {k.Limit}"), Is.Empty);
    }

    [Test]
    public void Cascades_ReachATableByOnePath_1785()
    {
        var cascades = schema.ForeignKeys.Where(f => f.Cascades).ToLookup(f => f.To, f => f.From);
        Assert.That(schema.ForeignKeys, Has.Count.GreaterThan(5));
        var twice = schema.Tables.Keys.SelectMany(t =>
            Reached(t, cascades, []).CountBy(n => n).Where(n => n.Value > 1 || n.Key == t).Select(n => $"{t} to {n.Key}")
        );
        Assert.That(twice, Is.Empty);
    }

    [Test]
    public void KeysAndHashes_AreComparedOrdinally()
    {
        var text = schema
            .Tables.SelectMany(t => t.Value.Select(c => (Name: $"{t.Key}.{c.Name}", Column: c)))
            .Where(c =>
                c.Column.IsText
                && c.Name
                    is not (
                        "DataProtectionKeys.FriendlyName"
                        or "DataProtectionKeys.Xml"
                        or "__EFMigrationsHistory.MigrationId"
                        or "Credentials.PasswordHash"
                    )
            )
            .ToList();
        var keys = schema.Keys.Where(k => k.Unique).SelectMany(k => k.Columns).ToHashSet();
        var wrong = text.Where(c =>
                keys.Contains(c.Column)
                || c.Column.Name.EndsWith("Hash", StringComparison.Ordinal)
                || c.Column.Name is "Id" or "UserId" or "KeyHash" or "RoleName"
            )
            .Where(c => c.Column.Collation != Binary);
        Assert.That(wrong.Select(c => c.Name), Is.Empty);
    }

    // Text is stored with its case folded, so the index does not depend on languages.
    [Test]
    public void Addresses_AreUnique_InNormalizedForm()
    {
        var key = schema.Keys.Single(k => k.Name == "IX_Users_NormalizedEmail");
        Assert.That(key.Unique, Is.True);
        Assert.That(key.Columns.Single().Collation, Is.EqualTo(Binary));
    }

    private static IEnumerable<string> Reached(string from, ILookup<string, string> cascades, IReadOnlyCollection<string> path) =>
        path.Contains(from) ? [] : cascades[from].SelectMany(to => Reached(to, cascades, [.. path, from]).Prepend(to));

    private sealed record Column(string Name, string Type, int? Bytes, bool IsText, string? Collation);

    private sealed record Key(string Name, IReadOnlyList<Column> Columns, bool Unique, bool Clustered);

    private sealed record ForeignKey(string From, string To, bool Cascades);

    private sealed class Schema : TSqlFragmentVisitor
    {
        public Dictionary<string, List<Column>> Tables { get; } = new(StringComparer.Ordinal);

        public List<Key> Keys { get; } = [];

        public List<ForeignKey> ForeignKeys { get; } = [];

        public override void Visit(CreateTableStatement node)
        {
            var table = node.SchemaObjectName.BaseIdentifier.Value;
            Tables[table] = [.. node.Definition.ColumnDefinitions.Select(ToColumn)];
            foreach (var constraint in node.Definition.TableConstraints)
            {
                Add(table, constraint);
            }
        }

        public override void Visit(AlterTableAddTableElementStatement node)
        {
            Tables[node.SchemaObjectName.BaseIdentifier.Value].AddRange(node.Definition.ColumnDefinitions.Select(ToColumn));
            foreach (var constraint in node.Definition.TableConstraints)
            {
                Add(node.SchemaObjectName.BaseIdentifier.Value, constraint);
            }
        }

        public override void Visit(CreateIndexStatement node) =>
            Keys.Add(new Key(node.Name.Value, Named(node.OnName.BaseIdentifier.Value, node.Columns), node.Unique, node.Clustered == true));

        public override void Visit(DropIndexStatement node)
        {
            foreach (var clause in node.DropIndexClauses.OfType<DropIndexClause>())
            {
                Assert.That(Keys.RemoveAll(k => k.Name == clause.Index.Value), Is.EqualTo(1), clause.Index.Value);
            }
        }

        public override void Visit(AlterTableAlterColumnStatement node)
        {
            var columns = Tables[node.SchemaObjectName.BaseIdentifier.Value];
            columns[columns.FindIndex(c => c.Name == node.ColumnIdentifier.Value)] = ToColumn(
                node.ColumnIdentifier,
                node.DataType,
                node.Collation
            );
        }

        private void Add(string table, ConstraintDefinition constraint)
        {
            switch (constraint)
            {
                case UniqueConstraintDefinition key:
                    Keys.Add(new Key(key.ConstraintIdentifier.Value, Named(table, key.Columns), true, key.Clustered ?? key.IsPrimaryKey));
                    break;
                case ForeignKeyConstraintDefinition foreign:
                    ForeignKeys.Add(
                        new ForeignKey(
                            table,
                            foreign.ReferenceTableName.BaseIdentifier.Value,
                            foreign.DeleteAction
                                is DeleteUpdateAction.Cascade
                                    or DeleteUpdateAction.SetNull
                                    or DeleteUpdateAction.SetDefault
                        )
                    );
                    break;
            }
        }

        private List<Column> Named(string table, IEnumerable<ColumnWithSortOrder> columns) =>
            [.. columns.Select(c => Tables[table].Single(t => t.Name == c.Column.MultiPartIdentifier.Identifiers[^1].Value))];

        private static Column ToColumn(ColumnDefinition column) => ToColumn(column.ColumnIdentifier, column.DataType, column.Collation);

        private static Column ToColumn(Identifier column, DataTypeReference dataType, Identifier? collation)
        {
            var type = (ParameterizedDataTypeReference)dataType;
            var name = type.Name.BaseIdentifier.Value;
            var length = type.Parameters is [IntegerLiteral number, ..]
                ? int.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture)
                : (int?)null;
            var bytes = name switch
            {
                "char" or "varchar" or "binary" or "varbinary" => length,
                "nchar" or "nvarchar" => 2 * length,
                "datetime2" or "bigint" => 8,
                "int" => 4,
                "bit" => 1,
                _ => null,
            };
            return new Column(column.Value, $"{name}({length})", bytes, name.EndsWith("char", StringComparison.Ordinal), collation?.Value);
        }
    }
}
