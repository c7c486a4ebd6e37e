using Roundtable.Application.Common;
using Roundtable.Infrastructure.Events;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>Runs a use case in one transaction, checks its caller's rights in it, and publishes its events.</summary>
internal sealed class UnitOfWork(
    RoundtableDbContext db,
    TransactionRunner transactions,
    TransactionEvents events,
    IRequestRights rights,
    SqlDialect sql,
    TimeProvider clock
) : IUnitOfWork
{
    public Task<TResult> ExecuteAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result, IFallible<TResult> => ExecuteAsync(work, urgent: false, ct);

    /// <inheritdoc cref="IUnitOfWork.ExecuteAsync"/>
    /// <param name="urgent">Whether it goes ahead of all non-urgent writers that wait: for short work that must not be late.</param>
    public async Task<TResult> ExecuteAsync<TResult>(Func<CancellationToken, Task<TResult>> work, bool urgent, CancellationToken ct)
        where TResult : Result, IFallible<TResult>
    {
        if (transactions.IsInside)
        {
            return await work(ct);
        }

        return await PublishAfterAsync(() => transactions.RunAsync(ct => RunAsync(work, ct), urgent, ct));
    }

    // On SQLite all other writers wait. A server locks rows, and the whole table beyond some 5,000; there round trips matter.
    public int DeleteBatchSize => sql.IsRemote ? 1000 : 100;

    public DateTime UtcNow => clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether a unit of work is active in this scope.</summary>
    public bool IsInside => transactions.IsInside;

    /// <summary>
    /// The same for entities that the scope has loaded and changed before, as Identity's managers do. It runs once; a lost race throws an
    /// exception.
    /// </summary>
    public Task<TResult> ExecuteOnLoadedAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result, IFallible<TResult> => PublishAfterAsync(() => transactions.RunOnLoadedAsync(ct => RunAsync(work, ct), ct));

    public async Task<Result<T>> ExecuteStatementAsync<T>(Func<CancellationToken, Task<T>> statement, CancellationToken ct) =>
        rights.Credential is null
            ? await transactions.RunStatementAsync(statement, urgent: false, ct)
            : await ExecuteAsync<Result<T>>(async ct => await statement(ct), ct);

    public Task FlushAsync(CancellationToken ct) => db.SaveChangesAsync(ct);

    private async Task<TResult> PublishAfterAsync<TResult>(Func<Task<TResult>> run)
        where TResult : Result
    {
        try
        {
            var result = await run();
            if (!result.Failed)
            {
                events.Publish(db);
            }

            return result;
        }
        catch
        {
            events.Discard();
            throw;
        }
    }

    private async Task<TResult> RunAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result, IFallible<TResult>
    {
        events.Reset();
        if (await RefusalAsync(ct) is { } refusal)
        {
            return TResult.From(refusal);
        }

        var result = await work(ct);
        if (result.Failed)
        {
            events.Reset();
            return result;
        }

        await events.PrepareAsync(db, ct);
        await db.SaveChangesAsync(ct);
        return result;
    }

    private async Task<Error?> RefusalAsync(CancellationToken ct) =>
        rights.Credential is { } credential ? rights.Check(await FindCallerAsync(credential, ct)) : null;

    private async Task<Caller?> FindCallerAsync(CallerCredential credential, CancellationToken ct) =>
        credential.Kind == CredentialKind.Session
            ? await SessionRead
                .Of(sql, locked: true)
                .FindAsync(credential.Hash, UtcNow, statement => StatementRunner.ReadAsync(db, statement, SessionRead.Map, ct))
            : await ApiKeyRead.FindAsync(sql, credential, locked: true, UtcNow, statement =>
                StatementRunner.ReadAsync(db, statement, ApiKeyRead.Map, ct)
            );
}
