namespace Roundtable.Application.Common;

/// <summary>Runs a use case in one explicit transaction.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Runs <paramref name="work"/> in a transaction, saves its changes and commits; an error result rolls back. The work can run
    /// more than once (deadlock, concurrency conflict), so it must load the data that it decides on. Joins a running transaction. If
    /// the request needs a session, the session is read again first; an error from <see cref="IRequestRights.Check"/> is
    /// returned and nothing is written.
    /// </summary>
    Task<TResult> ExecuteAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result, IFallible<TResult>;

    /// <summary>
    /// The same for a single repository statement that changes no loaded entity. It needs no transaction where one would cost round
    /// trips to the database.
    /// </summary>
    Task<Result<T>> ExecuteStatementAsync<T>(Func<CancellationToken, Task<T>> statement, CancellationToken ct);

    /// <summary>The current time (UTC).</summary>
    DateTime UtcNow { get; }

    /// <summary>The number of rows that a transaction can delete without noticeably delaying other writers.</summary>
    int DeleteBatchSize { get; }

    /// <summary>
    /// The pause between two such transactions. Writers of other processes are in no queue: they retry at intervals, and must find the
    /// database free.
    /// </summary>
    static readonly TimeSpan DeleteBatchPause = TimeSpan.FromMilliseconds(5);

    /// <summary>Saves pending changes to the database within the running transaction, before it ends.</summary>
    Task FlushAsync(CancellationToken ct);
}
