namespace Roundtable.Application.Common;

/// <summary>One explicit transaction around a use case.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Runs <paramref name="work"/> in a transaction, saves what it changed and commits; an error result rolls everything back. The work
    /// may run more than once (dead-lock, lost race): it must load what it decides on itself. Joins a running one. Where a request needs a
    /// session, that is read again first: fails with what <see cref="Sessions.IRequestRights.Check"/> says, and nothing is written.
    /// </summary>
    Task<TResult> ExecuteAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result, IFallible<TResult>;

    /// <summary>
    /// The same for work that is one statement of a repository and changes nothing that is loaded: where a transaction costs trips to the
    /// database it needs none.
    /// </summary>
    Task<Result<T>> ExecuteStatementAsync<T>(Func<CancellationToken, Task<T>> statement, CancellationToken ct);

    /// <summary>How many rows a transaction may remove so that nobody waits noticeably for it.</summary>
    int RowsAtOnce { get; }

    /// <summary>Sends pending changes to the database within the running transaction, before its end.</summary>
    Task FlushAsync(CancellationToken ct);
}
