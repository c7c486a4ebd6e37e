using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence.SqlServer;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>The SQL that differs between SQLite and SQL Server. Identifiers are in double quotes, which both accept.</summary>
internal abstract class SqlDialect
{
    private static readonly SqlDialect Sqlite = new SqliteDialect();
    private static readonly SqlDialect SqlServer = new SqlServerDialect();

    public static SqlDialect Of(RoundtableDbContext db) =>
        Of(db.Database.IsSqlite() ? DatabaseProvider.Sqlite : DatabaseProvider.SqlServer);

    public static SqlDialect Of(DatabaseProvider provider) => provider == DatabaseProvider.Sqlite ? Sqlite : SqlServer;

    /// <summary>A join whose table order the planner keeps, where it would choose one that reads more.</summary>
    public abstract string OrderedJoin { get; }

    /// <summary>The column with the fastest row lookup.</summary>
    public abstract string RowKey { get; }

    /// <summary>Limits an ordered query.</summary>
    public abstract string Limit(int rows);

    /// <summary>Tests whether a column contains a text, compared byte by byte.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>A query that returns the ids of a JSON array.</summary>
    public abstract string IdsOf(string parameter);

    /// <summary>The hint after a table that locks its rows for writing until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The hint after a table that locks its rows for reading until the transaction ends.</summary>
    public abstract string Unchanged { get; }

    /// <summary>The hint after a table that reads committed rows and waits for transactions that change them.</summary>
    public abstract string Committed { get; }

    /// <summary>The roles; those that can change are locked for reading until the transaction ends.</summary>
    public abstract string RolesInUse { get; }

    /// <summary>
    /// Reads the end of the audit chain of day <c>@u1</c> and locks it until the transaction ends: other transactions that append wait
    /// instead of losing a race.
    /// </summary>
    public abstract string TakeAuditChain { get; }

    /// <summary>Whether each command is a network round trip, so that several statements are better sent as one.</summary>
    public abstract bool IsRemote { get; }

    /// <summary>Adds <c>@u3</c> to the count of day <c>@u1</c> and metric <c>@u2</c>, or creates the row.</summary>
    public abstract string AddToDailyCount { get; }

    /// <summary>Finds the row with id <c>@u1</c> if it is committed; waits for a pending commit.</summary>
    public string FindCommitted(string table) => $"""SELECT "Id" FROM "{table}" {Committed} WHERE "Id" = @u1""";

    public abstract DbParameter Parameter(string name, SqlValue value);

    private sealed class SqliteDialect : SqlDialect
    {
        public override string OrderedJoin => "CROSS JOIN";

        public override string RowKey => "rowid";

        // SQLite has one writer.
        public override string ForUpdate => "";

        public override string Unchanged => "";

        public override string Committed => "";

        public override string RolesInUse => "\"Roles\"";

        public override bool IsRemote => false;

        public override string TakeAuditChain => """SELECT "LastSequence", "LastHash" FROM "AuditChains" WHERE "Day" = @u1""";

        public override string AddToDailyCount =>
            """
                INSERT INTO "DailyCounts" ("Day", "Metric", "Count") VALUES (@u1, @u2, @u3)
                ON CONFLICT ("Day", "Metric") DO UPDATE SET "Count" = "Count" + @u3
                """;

        public override string Limit(int rows) => $"LIMIT {rows}";

        public override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

        public override string IdsOf(string parameter) => $"SELECT value FROM json_each({parameter})";

        public override DbParameter Parameter(string name, SqlValue value) => new SqliteParameter(name, value.Value ?? DBNull.Value);
    }

    private sealed class SqlServerDialect : SqlDialect
    {
        private const int LongestText = 4000;

        public override string OrderedJoin => "INNER JOIN";

        public override string RowKey => "\"Id\"";

        public override string ForUpdate => "WITH (UPDLOCK, ROWLOCK)";

        public override string Unchanged => "WITH (REPEATABLEREAD, ROWLOCK)";

        public override string Committed => "WITH (READCOMMITTEDLOCK)";

        // The permissions of built-in roles are fixed. They are not locked: taking role admin from a user locks its row for writing.
        public override string RolesInUse =>
            """
                (SELECT "Name", "PermissionList" FROM "Roles" WITH (REPEATABLEREAD, ROWLOCK) WHERE "Name" NOT IN ('admin', 'user')
                 UNION ALL SELECT "Name", "PermissionList" FROM "Roles" WHERE "Name" IN ('admin', 'user'))
                """;

        public override bool IsRemote => true;

        // Writing a column to itself locks the row, or the range if there is no row yet. A second statement reads it under the lock: what
        // an update that waited for the row outputs is not everywhere the row's current version.
        public override string TakeAuditChain =>
            """
                UPDATE "AuditChains" WITH (UPDLOCK, SERIALIZABLE) SET "LastSequence" = "LastSequence" WHERE "Day" = @u1;
                SELECT "LastSequence", "LastHash" FROM "AuditChains" WHERE "Day" = @u1
                """;

        public override string AddToDailyCount =>
            """
                UPDATE "DailyCounts" WITH (UPDLOCK, SERIALIZABLE) SET "Count" = "Count" + @u3 WHERE "Day" = @u1 AND "Metric" = @u2;
                IF @@ROWCOUNT = 0 INSERT INTO "DailyCounts" ("Day", "Metric", "Count") VALUES (@u1, @u2, @u3);
                """;

        public override string Limit(int rows) => $"OFFSET 0 ROWS FETCH NEXT {rows} ROWS ONLY";

        public override string Contains(string column, string parameter) => $"CHARINDEX({parameter}, {column}) > 0";

        // Text from JSON has the database's collation, which no column of another collation can be compared with.
        public override string IdsOf(string parameter) =>
            $"SELECT CAST([value] AS char(32)) COLLATE {SqlServerRoundtableDbContext.Collation} FROM OPENJSON({parameter})";

        // One length for all: the server caches a plan for each.
        public override DbParameter Parameter(string name, SqlValue value) =>
            new SqlParameter
            {
                ParameterName = name,
                DbType = value.Type,
                Value = value.Value ?? DBNull.Value,
                Size =
                    value.Type == DbType.String
                        ? value.Value is string { Length: > LongestText }
                            ? -1
                            : LongestText
                        : 0,
            };
    }
}
