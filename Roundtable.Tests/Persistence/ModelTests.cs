using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Roundtable.Application.Accounts;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>What the model keeps to, so that both databases can hold it at a million users.</summary>
public sealed class ModelTests
{
    private const int LongestIndexKey = 1700;

    // What the export reads itself.
    private static readonly string[] InTheAccount = ["Users", "Roles", "Sessions", "Tokens", "Email"];

    private static IEnumerable<TestCaseData> Providers()
    {
        yield return new TestCaseData((Func<RoundtableDbContext>)Models.Sqlite).SetArgDisplayNames("Sqlite");
        yield return new TestCaseData((Func<RoundtableDbContext>)Models.SqlServer).SetArgDisplayNames("SqlServer");
    }

    [TestCaseSource(nameof(Providers))]
    public void Migrations_MatchTheModel(Func<RoundtableDbContext> open)
    {
        using var db = open();
        Assert.That(db.Database.HasPendingModelChanges(), Is.False, "Run: dotnet ef migrations add");
    }

    [TestCaseSource(nameof(Providers))]
    public void ForeignKeys_HaveAnIndexThatBeginsWithThem(Func<RoundtableDbContext> open)
    {
        using var db = open();
        var bare = Tables(db).SelectMany(t => t.ForeignKeyConstraints)
            .Where(f => !Keys(f.Table).Any(k => k.Take(f.Columns.Count).SequenceEqual(f.Columns)))
            .Select(f => f.Name);
        Assert.That(bare, Is.Empty);
    }

    [Test]
    public void SqlServer_ComparesKeysAndHashesByteByByte()
    {
        using var db = Models.SqlServer();
        var columns = Tables(db).Where(t => t.Name != "DataProtectionKeys").SelectMany(t => t.Columns).Where(c => c.ProviderClrType() == typeof(string)).ToList();
        var wrong = columns
            .Where(c => c.Table.PrimaryKey!.Columns.Contains(c) || c.Name.EndsWith("Id", StringComparison.Ordinal) || c.Name.EndsWith("Hash", StringComparison.Ordinal)
                || c.Name.StartsWith("Normalized", StringComparison.Ordinal))
            .Where(c => c.Name is not ("RequestId" or "PasswordHash") && c.Collation != "Latin1_General_100_BIN2")
            .Select(Name);
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void SqlServer_KeepsTextOfUniqueIndexesByteByByte()
    {
        using var db = Models.SqlServer();
        var wrong = Tables(db).SelectMany(t => t.Indexes).Where(i => i.IsUnique).SelectMany(i => i.Columns)
            .Where(c => c.ProviderClrType() == typeof(string) && c.Collation != "Latin1_General_100_BIN2")
            .Select(Name);
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void SqlServer_IdsAreChar32()
    {
        using var db = Models.SqlServer();
        var ids = Tables(db).SelectMany(t => t.Columns).Where(c => c.Name is "Id" or "UserId" or "LeaseOwner" && c.Table.Name != "DataProtectionKeys").ToList();
        Assert.That(ids, Has.Count.GreaterThan(8));
        Assert.That(ids.Where(c => c.StoreType != "char(32)").Select(Name), Is.Empty);
    }

    [Test]
    public void SqlServer_TimesAreDateTime2()
    {
        using var db = Models.SqlServer();
        var times = Tables(db).SelectMany(t => t.Columns).Where(c => c.ProviderClrType() == typeof(DateTime)).ToList();
        Assert.That(times, Has.Count.GreaterThan(10));
        Assert.That(times.Where(c => c.StoreType != "datetime2").Select(Name), Is.Empty);
        Assert.That(times.Where(c => !c.Name.EndsWith("Utc", StringComparison.Ordinal)).Select(Name), Is.Empty);
    }

    [Test]
    public void SqlServer_IndexKeysFit()
    {
        using var db = Models.SqlServer();
        var keys = Tables(db).SelectMany(t => t.Indexes.Select(i => (i.Name, i.Columns)).Concat(t.UniqueConstraints.Select(u => (u.Name, u.Columns)))).ToList();
        Assert.That(keys, Has.Count.GreaterThan(20));
        var wide = keys
            .Select(k => (k.Name, Bytes: k.Columns.Sum(Bytes)))
            .Where(k => k.Bytes > LongestIndexKey)
            .Select(k => $"{k.Name}: {k.Bytes}");
        Assert.That(wide, Is.Empty);
    }

    // SQL Server refuses a table that a deletion would reach by two ways.
    [Test]
    public void SqlServer_HasOneCascadePathToEachTable()
    {
        using var db = Models.SqlServer();
        var cascades = Tables(db).SelectMany(t => t.ForeignKeyConstraints).Where(f => f.OnDeleteAction is ReferentialAction.Cascade or ReferentialAction.SetNull)
            .ToLookup(f => f.PrincipalTable.Name, f => f.Table.Name);
        var twice = Tables(db).SelectMany(t => Reached(t.Name, cascades, []).CountBy(n => n).Where(n => n.Value > 1).Select(n => $"{t.Name} to {n.Key}"));
        Assert.That(twice, Is.Empty);
    }

    // Deleting an account is one statement: what names it by a foreign key goes with it.
    [TestCaseSource(nameof(Providers))]
    public void Rows_GoWithTheUserWhomTheyName(Func<RoundtableDbContext> open)
    {
        using var db = open();
        var users = Tables(db).SelectMany(t => t.ForeignKeyConstraints).Where(f => f.PrincipalTable.Name == nameof(db.Users)).ToList();
        Assert.That(users, Has.Count.GreaterThanOrEqualTo(5));
        Assert.That(users.Where(f => f.OnDeleteAction != ReferentialAction.Cascade).Select(f => f.Name), Is.Empty);
    }

    // Who asks for all that is held on them gets what features hold too.
    [Test]
    public void Entities_ThatNameAUser_AreInTheExport()
    {
        using var db = Models.Sqlite();
        var exported = typeof(IAccountData).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IAccountData))).Select(t => t.Namespace!.Split('.')[^1]).Concat(InTheAccount);
        var naming = db.Model.GetEntityTypes().Where(t => t.GetForeignKeys().Any(f => f.PrincipalEntityType.ClrType == typeof(User))).ToList();
        Assert.That(naming, Has.Count.GreaterThanOrEqualTo(5));
        Assert.That(naming.Where(t => !exported.Contains(t.ClrType.Namespace!.Split('.')[^1])).Select(t => t.ClrType.Name), Is.Empty, $"Their features need an {nameof(IAccountData)}");
    }

    private static IEnumerable<ITable> Tables(RoundtableDbContext db) => db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables;

    private static IEnumerable<IReadOnlyList<IColumn>> Keys(ITable table) =>
        table.Indexes.Select(i => i.Columns).Concat(table.UniqueConstraints.Select(u => u.Columns));

    private static IEnumerable<string> Reached(string from, ILookup<string, string> cascades, IReadOnlyCollection<string> path) =>
        cascades[from].Where(to => !path.Contains(to)).SelectMany(to => Reached(to, cascades, [.. path, from]).Prepend(to));

    private static int Bytes(IColumn column)
    {
        var (type, length) = column.StoreType.Split('(', ')') is [var t, var l, ..] ? (t, l) : (column.StoreType, "");
        return type switch
        {
            "char" or "varchar" => int.Parse(length, System.Globalization.CultureInfo.InvariantCulture),
            "nchar" or "nvarchar" => 2 * int.Parse(length, System.Globalization.CultureInfo.InvariantCulture),
            "datetime2" or "bigint" => 8,
            "int" => 4,
            "bit" => 1,
            _ => throw new NotSupportedException($"{Name(column)} is {column.StoreType}, which is no type for a key"),
        };
    }

    private static string Name(IColumn column) => $"{column.Table.Name}.{column.Name}";
}

internal static class ColumnExtensions
{
    /// <summary>The type that the database's driver sees.</summary>
    public static Type ProviderClrType(this IColumn column)
    {
        var mapping = column.PropertyMappings[0].TypeMapping;
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }
}
