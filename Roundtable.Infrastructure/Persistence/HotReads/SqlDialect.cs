using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence.SqlServer;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>What SQLite and SQL Server say differently. Identifiers stand in double quotes, which both take.</summary>
internal abstract class SqlDialect
{
    private static readonly SqlDialect Sqlite = new SqliteDialect();
    private static readonly SqlDialect SqlServer = new SqlServerDialect();

    public static SqlDialect Of(RoundtableDbContext db) =>
        Of(db.Database.IsSqlite() ? DatabaseProvider.Sqlite : DatabaseProvider.SqlServer);

    public static SqlDialect Of(DatabaseProvider provider) => provider == DatabaseProvider.Sqlite ? Sqlite : SqlServer;

    /// <summary>A join of which the planner keeps the order of the tables, where it would take another one that reads more.</summary>
    public abstract string OrderedJoin { get; }

    /// <summary>The column by which a row is found soonest.</summary>
    public abstract string RowKey { get; }

    /// <summary>Ends a query with an order.</summary>
    public abstract string Limit(int rows);

    /// <summary>Whether a column holds a text, compared byte by byte.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>The ids of a JSON array, as a query.</summary>
    public abstract string IdsOf(string parameter);

    /// <summary>What follows a table whose rows are locked for writing until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>What follows a table of which the committed rows are read, waiting for who changes them.</summary>
    public abstract string Committed { get; }

    /// <summary>Roles, those that can change locked for reading until the transaction ends.</summary>
    public abstract string RolesInUse { get; }

    /// <summary>
    /// The end of the audit chain of day <c>@u1</c>, locked until the transaction ends: whoever else wants to append waits instead of
    /// losing a race.
    /// </summary>
    public abstract string TakeAuditChain { get; }

    /// <summary>Whether each command is a trip over a network, so that several statements better go as one.</summary>
    public abstract bool IsRemote { get; }

    /// <summary>Adds <c>@u3</c> to the count of day <c>@u1</c> and metric <c>@u2</c>, which it may be the first of.</summary>
    public abstract string AddToDailyCount { get; }

    /// <summary>The row of id <c>@u1</c>, if it is committed; waits for who is about to.</summary>
    public string FindCommitted(string table) => $"""SELECT "Id" FROM "{table}" {Committed} WHERE "Id" = @u1""";

    public abstract DbParameter Parameter(string name, SqlValue value);

    private sealed class SqliteDialect : SqlDialect
    {
        public override string OrderedJoin => "CROSS JOIN";

        public override string RowKey => "rowid";

        // Who writes is alone.
        public override string ForUpdate => "";

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

        public override string Committed => "WITH (READCOMMITTEDLOCK)";

        // The built-in ones allow what they allow. Without a lock: who takes role admin from somebody locks its row for writing.
        public override string RolesInUse =>
            """
                (SELECT "Name", "PermissionList" FROM "Roles" WITH (REPEATABLEREAD, ROWLOCK) WHERE "Name" NOT IN ('admin', 'user')
                 UNION ALL SELECT "Name", "PermissionList" FROM "Roles" WHERE "Name" IN ('admin', 'user'))
                """;

        public override bool IsRemote => true;

        // Writing a column to itself locks the row, and the range where there is none yet. Read by a statement that begins once the lock is
        // there: what an update gives out of a row that it waited for is not everywhere the row as it is then.
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

        // Texts out of JSON have the database's collation, which compares with no column of another.
        public override string IdsOf(string parameter) =>
            $"SELECT CAST([value] AS char(32)) COLLATE {SqlServerRoundtableDbContext.Collation} FROM OPENJSON({parameter})";

        // One length for all: the server keeps a plan for each.
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
