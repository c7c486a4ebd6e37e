using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Infrastructure.Common;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerErrors : IDatabaseErrors
{
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateConstraintKey = 2627;
    private const int ForeignKeyViolation = 547;
    private const string Driver = "Microsoft.Data.SqlClient";

    /// <summary>
    /// Errors to retry besides those of EF Core's provider: lock time-out, killed session, availability group failing over, former
    /// primary, shutdown, startup, no listener. A time-out (-2) is not retried: it has used up the caller's patience.
    /// </summary>
    public static readonly int[] Transient = [1222, 596, 976, 978, 983, 3906, 6005, 10061, 18401];

    // Errors in a statement or in data; any other server error means that it could not work.
    private static readonly HashSet<int> OwnMistakes = [102, 156, 207, 245, 515, ForeignKeyViolation, 2628, 8152, 8134];

    public bool IsDuplicateKey(Exception exception, string? table, string? column) =>
        exception.Find<SqlException>() is { Number: DuplicateIndexKey or DuplicateConstraintKey } e
        && (table is null || e.Message.Contains($"IX_{table}_{column}", StringComparison.OrdinalIgnoreCase));

    public bool IsForeignKey(Exception exception) => exception.Find<SqlException>() is { Number: ForeignKeyViolation };

    // The driver has no exception type for a full pool, or for a connection that broke between two statements.
    public bool IsUnavailable([NotNullWhen(true)] Exception? exception) =>
        exception?.Find<TimeoutException>() is not null
        || exception?.Find<RetryLimitExceededException>() is not null
        || exception?.Find<TimeLimitException>() is not null
        || exception?.GetBaseException() is InvalidOperationException { Source: Driver }
        || (exception?.Find<SqlException>() is { } e && !OwnMistakes.Contains(e.Number) && !IsDuplicateKey(e, null, null));
}
