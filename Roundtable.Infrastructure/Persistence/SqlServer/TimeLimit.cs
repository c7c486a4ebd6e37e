using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Limits the total time of a context's statements: each has its own time-out, and a dozen that all nearly reach it would keep a caller
/// waiting for a minute. Statements with a longer time-out, as migrations have, are not limited.
/// </summary>
/// <param name="usual">The time-out of a statement. All together get twice as long, or no limit if it is zero, which means none in a
/// connection string.</param>
internal sealed class TimeLimit(TimeSpan usual) : IDbCommandInterceptor, IDbConnectionInterceptor, IDbTransactionInterceptor
{
    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => Limit(command, eventData, result);

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => Limit(command, eventData, result);

    public ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    ) => Limit(command, eventData, result);

    public ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    ) => Add(eventData.Context, eventData.Duration, result);

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    ) => Add(eventData.Context, eventData.Duration, result);

    public ValueTask<object?> ScalarExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        object? result,
        CancellationToken cancellationToken = default
    ) => Add(eventData.Context, eventData.Duration, result);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default) =>
        Add(eventData.Context, eventData.Duration);

    public Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    ) => Add(eventData.Context, eventData.Duration);

    public Task ConnectionFailedAsync(
        DbConnection connection,
        ConnectionErrorEventData eventData,
        CancellationToken cancellationToken = default
    ) => Add(eventData.Context, eventData.Duration);

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection,
        TransactionEndEventData eventData,
        DbTransaction result,
        CancellationToken cancellationToken = default
    ) => Add(eventData.Context, eventData.Duration, result);

    private ValueTask<InterceptionResult<T>> Limit<T>(DbCommand command, CommandEventData eventData, InterceptionResult<T> result)
    {
        if (eventData.Context is RoundtableDbContext db && usual > TimeSpan.Zero && command.CommandTimeout <= usual.TotalSeconds)
        {
            // A command's time-out is in whole seconds, and zero means no time-out.
            var left = (int)((2 * usual) - db.Time.Waited).TotalSeconds;
            command.CommandTimeout = left > 0 ? Math.Min(command.CommandTimeout, left) : throw new TimeLimitException();
        }

        return ValueTask.FromResult(result);
    }

    private static ValueTask<T> Add<T>(DbContext? context, TimeSpan duration, T result)
    {
        Add(context, duration);
        return ValueTask.FromResult(result);
    }

    private static Task Add(DbContext? context, TimeSpan duration)
    {
        (context as RoundtableDbContext)?.Time.Add(duration);
        return Task.CompletedTask;
    }
}

/// <summary>The time is up. Not a <see cref="TimeoutException"/>, which EF Core would retry.</summary>
internal sealed class TimeLimitException() : Exception("The database statements together took too long.");
