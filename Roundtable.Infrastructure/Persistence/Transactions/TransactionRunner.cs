using System.Data.Common;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>Runs work in one transaction, inside the provider's execution strategy, and retries it after a lost race.</summary>
internal sealed partial class TransactionRunner(
    RoundtableDbContext db,
    IDatabaseErrors errors,
    WriteCoordinator writers,
    ReadAhead ahead,
    ILogger<TransactionRunner> logger
)
{
    // Lost races are retried: each one has a winner, so there is always progress.
    private const int MaxAttempts = 10;

    public bool IsInside => db.Database.CurrentTransaction is not null;

    /// <summary>Returns once the work's writes are on the disk; a failed result rolls them back.</summary>
    /// <param name="work">Must save its own changes.</param>
    /// <param name="urgent">Whether it goes ahead of all non-urgent writers that wait: for short work that must not be late.</param>
    public async Task<TResult> RunAsync<TResult>(Func<CancellationToken, Task<TResult>> work, bool urgent, CancellationToken ct)
        where TResult : Result, IFallible<TResult>
    {
        try
        {
            return await RepeatAsync(work, urgent, ct);
        }
        catch
        {
            // A later save must not write a part of the failed work.
            db.DiscardChanges();
            throw;
        }
    }

    /// <summary>
    /// The same for entities that were loaded and changed before, which are kept. It runs once, as work that lost a race cannot be
    /// retried with them.
    /// </summary>
    public async Task<TResult> RunOnLoadedAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result
    {
        try
        {
            var (result, failure) = await db.Database.CreateExecutionStrategy().ExecuteAsync(ct => TryOnLoadedAsync(work, ct), ct);
            failure?.Throw();
            return result!;
        }
        catch
        {
            db.DiscardChanges();
            throw;
        }
    }

    /// <summary>
    /// Runs one statement, in the current transaction or its own; if writers run concurrently it needs no transaction, and takes one
    /// round trip instead of three.
    /// </summary>
    public async Task<T> RunStatementAsync<T>(Func<CancellationToken, Task<T>> statement, bool urgent, CancellationToken ct)
    {
        if (IsInside)
        {
            return await statement(ct);
        }

        if (writers.IsExclusive)
        {
            var done = await RunAsync<Result<T>>(async ct => await statement(ct), urgent, ct);
            return done.Value;
        }

        ahead.Clear();
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(statement, ct);
    }

    // The strategy retries work that throws.
    private async Task<(TResult? Result, ExceptionDispatchInfo? Failure)> TryOnLoadedAsync<TResult>(
        Func<CancellationToken, Task<TResult>> work,
        CancellationToken ct
    )
        where TResult : Result
    {
        try
        {
            return (await CommitAsync(work, urgent: false, ct), null);
        }
        catch (Exception e)
        {
            return (null, ExceptionDispatchInfo.Capture(e));
        }
    }

    private async Task<TResult> RepeatAsync<TResult>(Func<CancellationToken, Task<TResult>> work, bool urgent, CancellationToken ct)
        where TResult : Result, IFallible<TResult>
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.Database.CreateExecutionStrategy().ExecuteAsync(ct => AttemptAsync(work, urgent, ct), ct);
            }
            catch (Exception lost) when (IsLostRace(lost))
            {
                if (attempt == MaxAttempts)
                {
                    // Lost to a different winner each time, or not a race: the database cannot do what is requested.
                    GaveUp(logger, lost, "system", "Write", "conflict", MaxAttempts);
                    db.DiscardChanges();
                    return TResult.From(
                        errors.IsDuplicateKey(lost, nameof(db.Users), nameof(User.NormalizedEmail))
                            ? UserErrors.EmailTaken
                            : Errors.Conflict
                    );
                }
            }
        }
    }

    [LoggerMessage(3402, LogLevel.Warning, "{logType} {operationName} {outcome}: lost a race {attempts} times")]
    private static partial void GaveUp(ILogger logger, Exception e, string logType, string operationName, string outcome, int attempts);

    private bool IsLostRace(Exception e) =>
        e is DbUpdateConcurrencyException or CommitException { NotCommitted: true } || errors.IsDuplicateKey(e) || errors.IsForeignKey(e);

    private Task<TResult> AttemptAsync<TResult>(Func<CancellationToken, Task<TResult>> work, bool urgent, CancellationToken ct)
        where TResult : Result
    {
        db.DiscardChanges();
        return CommitAsync(work, urgent, ct);
    }

    private async Task CommitOnceAsync(IDbContextTransaction transaction, CancellationToken ct)
    {
        try
        {
            await transaction.CommitAsync(ct);
        }
        catch (DbException e) when (!writers.IsExclusive)
        {
            // Wrapped, because SQL Server's strategy would retry work that may be committed.
            throw new CommitException(e);
        }
    }

    // The driver cannot dispose the transaction of a broken connection, and EF Core then stops; the error that broke it is what matters.
    private async Task EndAsync(IDbContextTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (InvalidOperationException)
        {
            if (IsInside)
            {
                await db.Database.UseTransactionAsync(null);
                await db.Database.CloseConnectionAsync();
            }
        }
    }

    private async Task<TResult> CommitAsync<TResult>(Func<CancellationToken, Task<TResult>> work, bool urgent, CancellationToken ct)
        where TResult : Result
    {
        ahead.Clear();
        (TResult Result, SqlStatement? Receipt)? done = null;
        try
        {
            return await InTransactionAsync(work, (result, receipt) => done = (result, receipt), urgent, ct);
        }
        catch (CommitException e) when (done is { Receipt: not null })
        {
            return await CommitReceipt.FindAsync(db, errors, done.Value.Receipt, ct)
                ? done.Value.Result
                : throw new CommitException(e.Cause) { NotCommitted = true };
        }
    }

    /// <param name="committing">Called as the commit begins, with the result and a query for a row that shows later whether the commit
    /// succeeded.</param>
    private async Task<TResult> InTransactionAsync<TResult>(
        Func<CancellationToken, Task<TResult>> work,
        Action<TResult, SqlStatement?> committing,
        bool urgent,
        CancellationToken ct
    )
        where TResult : Result
    {
        using var slot = await writers.EnterAsync(urgent, ct);
        var transaction = await writers.BeginAsync(db, urgent, ct);
        try
        {
            var result = await work(ct);
            if (result.Failed)
            {
                db.DiscardChanges();
                await transaction.RollbackAsync(CancellationToken.None);
            }
            else
            {
                committing(result, writers.IsExclusive ? null : CommitReceipt.Of(db));
                await AuditLinker.WriteAsync(db, ct);
                await CommitOnceAsync(transaction, ct);
                db.Time.Restart();
            }

            return result;
        }
        catch (Exception e) when (IsLostRace(e))
        {
            // Waits until the winner's row is on the disk: the loser's result must not rest on data that is then lost.
            await transaction.RollbackAsync(CancellationToken.None);
            throw;
        }
        finally
        {
            await EndAsync(transaction);
        }
    }
}
