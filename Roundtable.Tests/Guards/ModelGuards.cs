using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Roundtable.Application.Common;

namespace Roundtable.Tests.Guards;

/// <summary>
/// Rules of the model, so that both databases can hold a million users. All but the first two concern SQL Server's columns.
/// </summary>
internal static class ModelGuards
{
    private const int LongestIndexKey = 1700;
    private const string Binary = "Latin1_General_100_BIN2";

    public static IEnumerable<string> ForeignKeysHaveAnIndex(Subject subject) =>
        from key in subject.Tables.SelectMany(t => t.ForeignKeyConstraints)
        where !Keys(key.Table).Any(k => k.Columns.Take(key.Columns.Count).SequenceEqual(key.Columns))
        select $"{key.Name} has no index that begins with {Names(key.Columns)}: each deletion in {key.PrincipalTable.Name} would read "
            + $"all of {key.Table.Name}. Add builder.HasIndex(…) to its configuration.";

    // IDs sort by creation time, so the key serves that order.
    public static IEnumerable<string> SortsHaveAnIndex(Subject subject) =>
        from sort in subject.Application.Where(t => t.IsEnum && t.Name.EndsWith("Sort", StringComparison.Ordinal))
        let entity = sort.Name[..^"Sort".Length]
        from value in Enum.GetNames(sort).Where(v => v != "CreatedAt")
        let column = value.EndsWith("At", StringComparison.Ordinal) ? value[..^2] : value
        where
            !subject
                .Tables.Where(t => t.EntityTypeMappings.Any(m => m.TypeBase.ClrType.Name == entity))
                .SelectMany(t => t.Indexes)
                .Any(i => i.Columns.Any(c => c.Name.Contains(column, StringComparison.Ordinal)))
        select $"{sort.Name}.{value} sorts by a column that no index of {entity} contains, so every page sorts the whole table: add "
            + $"builder.HasIndex(…) on it and the ID to {entity}Configuration.";

    public static IEnumerable<string> KeysAndHashesCompareOrdinally(Subject subject) =>
        Columns<string>(subject)
            .Where(c =>
                c.Table.PrimaryKey!.Columns.Contains(c)
                || EndsIn(c, "Id")
                || EndsIn(c, "Hash")
                || c.Name.StartsWith("Normalized", StringComparison.Ordinal)
            )
            .Where(c => c.Name is not ("RequestId" or "PasswordHash") && c.Collation != Binary)
            .Select(c =>
                $"{Name(c)} is a key, an ID or a hash, and would be compared ignoring case: call IsId(), IsHash() or "
                + "IsBinary() on it in its configuration."
            );

    public static IEnumerable<string> UniqueTextsCompareOrdinally(Subject subject) =>
        subject
            .Tables.SelectMany(t => t.Indexes)
            .Where(i => i.IsUnique)
            .SelectMany(i => i.Columns)
            .Where(c => ClrType(c) == typeof(string) && c.Collation != Binary)
            .Select(c =>
                $"{Name(c)} is unique, and the two databases compare it differently: call IsBinary() on it, and store "
                + "a normalized form if case is to be ignored."
            );

    public static IEnumerable<string> IdsAreChar32(Subject subject) =>
        Ids(subject)
            .Where(c => c.StoreType != "char(32)")
            .Select(c => $"{Name(c)} is {c.StoreType}, but IDs have 32 hex digits: call IsId() on it in its configuration.");

    public static IEnumerable<string> TimesAreDateTime2(Subject subject) =>
        Columns<DateTime>(subject)
            .Where(c => c.StoreType != "datetime2")
            .Select(c => $"{Name(c)} is {c.StoreType}, which rounds: leave the column's type to the convention, datetime2.");

    public static IEnumerable<string> TimeColumnsEndInUtc(Subject subject) =>
        Columns<DateTime>(subject)
            .Where(c => !EndsIn(c, "Utc"))
            .Select(c => $"{Name(c)} does not name its time zone: times are UTC, so name it {c.Name}Utc.");

    public static IEnumerable<string> IndexKeysFit(Subject subject) =>
        subject
            .Tables.SelectMany(Keys)
            .Select(k => (k.Name, Bytes: k.Columns.Sum(Bytes)))
            .Where(k => k.Bytes > LongestIndexKey)
            .Select(k =>
                $"{k.Name} is {k.Bytes} bytes wide, but SQL Server allows {LongestIndexKey}: limit its strings by HasMaxLength, or "
                + "index a hash of them."
            );

    // SQL Server rejects multiple cascade paths to a table.
    public static IEnumerable<string> CascadesReachATableOnce(Subject subject)
    {
        var cascades = subject
            .Tables.SelectMany(t => t.ForeignKeyConstraints)
            .Where(f => f.OnDeleteAction is ReferentialAction.Cascade or ReferentialAction.SetNull)
            .ToLookup(f => f.PrincipalTable.Name, f => f.Table.Name);
        return from table in subject.Tables
            from reached in Reached(table.Name, cascades, []).CountBy(n => n)
            where reached.Value > 1
            select $"A deletion in {table.Name} would reach {reached.Key} by two paths, which SQL Server rejects: use "
                + "OnDelete(DeleteBehavior.ClientCascade) or Restrict on one, and delete the rows in the repository.";
    }

    public static IEnumerable<string> RowsAreDeletedWithTheirUser(Subject subject) =>
        KeysOfUsers(subject)
            .Where(k => k.OnDeleteAction != ReferentialAction.Cascade)
            .Select(k =>
                $"{k.Name} keeps rows of {k.Table.Name} when their user is deleted, or prevents the deletion: use "
                + "OnDelete(DeleteBehavior.Cascade) in its configuration."
            );

    public static IEnumerable<string> EntitiesOfAUserAreExported(Subject subject)
    {
        var exported = subject.Application.Where(t => t.IsClass && t.IsAssignableTo(typeof(IAccountData))).Select(FeatureOf).ToHashSet();
        var naming = KeysOfUsers(subject).SelectMany(k => k.Table.EntityTypeMappings).Select(m => FeatureOf(m.TypeBase.ClrType)).Distinct();
        return subject.ExceptListed(naming.Where(f => !exported.Contains(f)), feature =>
            $"{feature} has rows of a user that the account export omits: add a class with IAccountData "
            + $"to Roundtable.Application/{feature} that reads them."
        );
    }

    // Who created another user's or a service account's row: deleting the creator clears it, and the row remains.
    private const string CreatorColumn = "CreatedById";

    internal static IEnumerable<IForeignKeyConstraint> KeysOfUsers(Subject subject) =>
        subject
            .Tables.SelectMany(t => t.ForeignKeyConstraints)
            .Where(k => k.PrincipalTable.Name == "Users" && !k.Columns.Any(c => c.Name == CreatorColumn));

    internal static IEnumerable<IColumn> Columns<T>(Subject subject) =>
        subject.Tables.Where(t => t.Name != "DataProtectionKeys").SelectMany(t => t.Columns).Where(c => ClrType(c) == typeof(T));

    // The framework's own tables, whose rows are not referenced.
    private static readonly string[] NumberedTables = ["DataProtectionKeys", "RoleClaims", "UserClaims"];

    internal static IEnumerable<IColumn> Ids(Subject subject) =>
        subject
            .Tables.SelectMany(t => t.Columns)
            .Where(c => c.Name is "Id" or "UserId" or "LeaseOwner" && !(c.Name == "Id" && NumberedTables.Contains(c.Table.Name)));

    internal static IEnumerable<(string Name, IReadOnlyList<IColumn> Columns)> Keys(ITable table) =>
        table.Indexes.Select(i => (i.Name, i.Columns)).Concat(table.UniqueConstraints.Select(u => (u.Name, u.Columns)));

    private static IEnumerable<string> Reached(string from, ILookup<string, string> cascades, IReadOnlyCollection<string> path) =>
        cascades[from].Where(to => !path.Contains(to)).SelectMany(to => Reached(to, cascades, [.. path, from]).Prepend(to));

    private static int Bytes(IColumn column)
    {
        var (type, length) = column.StoreType.Split('(', ')') is [var t, var l, ..] ? (t, l) : (column.StoreType, "");
        return type switch
        {
            "char" or "varchar" => Length(length),
            "nchar" or "nvarchar" => 2 * Length(length),
            "datetime2" or "datetime" or "bigint" => 8,
            "int" => 4,
            "bit" => 1,
            _ => throw new NotSupportedException($"{Name(column)} is {column.StoreType}, which is not a key type"),
        };
    }

    private static int Length(string length) => int.Parse(length, CultureInfo.InvariantCulture);

    /// <summary>Returns the type that the database driver sees.</summary>
    private static Type ClrType(IColumn column)
    {
        var mapping = column.PropertyMappings[0].TypeMapping;
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    // Features have the same name in every layer.
    private static string FeatureOf(Type type) => type.Namespace!.Split('.')[^1];

    private static bool EndsIn(IColumn column, string end) => column.Name.EndsWith(end, StringComparison.Ordinal);

    private static string Names(IEnumerable<IColumn> columns) => string.Join(", ", columns.Select(c => c.Name));

    private static string Name(IColumn column) => $"{column.Table.Name}.{column.Name}";
}
