using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Roundtable.Infrastructure.Common;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

internal sealed class SqliteErrors : IDatabaseErrors
{
    private const int GenericError = 1;
    private const int Constraint = 19;
    private const int UniqueViolation = 2067;
    private const int PrimaryKeyViolation = 1555;
    private const int ForeignKeyViolation = 787;

    public bool IsDuplicateKey(Exception exception, string? table, string? column) =>
        exception.Find<SqliteException>() is { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation } e
        && (table is null || e.Message.Contains($"{table}.{column}", StringComparison.Ordinal));

    public bool IsForeignKey(Exception exception) => exception.Find<SqliteException>() is { SqliteExtendedErrorCode: ForeignKeyViolation };

    // Code 1 is an error in a statement, except for a file without the schema: an empty one, or one not migrated yet.
    public bool IsUnavailable([NotNullWhen(true)] Exception? exception) =>
        exception?.Find<TimeoutException>() is not null
        || (
            exception?.Find<SqliteException>() is { } e
            && e.SqliteErrorCode != Constraint
            && (e.SqliteErrorCode != GenericError || e.Message.Contains("no such", StringComparison.Ordinal))
        );
}
