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

/// <summary>Runs work in one transaction, inside the provider's execution strategy, and again where it lost a race.</summary>
internal sealed partial class TransactionRunner(
    RoundtableDbContext db,
    IDatabaseErrors errors,
    WriteCoordinator writers,
    ReadAhead ahead,
    ILogger<TransactionRunner> logger
)
{
    // Lost races are repeated: each one was lost to a winner, so that somebody always makes progress.
    private const int MaxAttempts = 10;

    public bool IsInside => db.Database.CurrentTransaction is not null;

    /// <summary>Returns once what the work wrote is on the disk; a failed result takes it back.</summary>
    /// <param name="work">Saves what it changes itself.</param>
    /// <param name="urgent">Whether it goes before all that waits to write and is not urgent: for short work that must not be late.</param>
    public async Task<TResult> RunAsync<TResult>(Func<CancellationToken, Task<TResult>> work, bool urgent, CancellationToken ct)
        where TResult : Result, IFallible<TResult>
    {
        try
        {
            return await RepeatAsync(work, urgent, ct);
        }
        catch
        {
            // Nobody who saves later writes a part of what failed here.
            db.Forget();
            throw;
        }
    }

    /// <summary>
    /// The same for what was loaded and changed before, which is kept: once, as work that lost a race cannot be repeated with it.
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
            db.Forget();
            throw;
        }
    }

    /// <summary>
    /// Runs one statement, in the running transaction or of its own: where writers run side by side it needs none, and takes a trip instead
    /// of three.
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

        ahead.Forget();
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(statement, ct);
    }

    // The strategy repeats what throws.
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
                    // Each time to somebody else, or it is no race: what is asked of the database cannot be.
                    GaveUp(logger, lost, "system", "Write", "conflict", MaxAttempts);
                    db.Forget();
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
        e is DbUpdateConcurrencyException or CommitException { WasUndone: true } || errors.IsDuplicateKey(e) || errors.IsForeignKey(e);

    private Task<TResult> AttemptAsync<TResult>(Func<CancellationToken, Task<TResult>> work, bool urgent, CancellationToken ct)
        where TResult : Result
    {
        db.Forget();
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
            // Not as it came: SQL Server's strategy would repeat what may have been done.
            throw new CommitException(e);
        }
    }

    // Of a connection that broke the driver cannot even let go, and EF Core goes no further then; what broke it is what counts.
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
        ahead.Forget();
        (TResult Result, SqlStatement? Receipt)? done = null;
        try
        {
            return await InTransactionAsync(work, (result, receipt) => done = (result, receipt), urgent, ct);
        }
        catch (CommitException e) when (done is { Receipt: not null })
        {
            return await CommitReceipt.FindAsync(db, errors, done.Value.Receipt, ct)
                ? done.Value.Result
                : throw new CommitException(e.Cause) { WasUndone = true };
        }
    }

    /// <param name="committing">Told the result as the commit begins, and what finds a row by which to see later whether it was
    /// done.</param>
    private async Task<TResult> InTransactionAsync<TResult>(
        Func<CancellationToken, Task<TResult>> work,
        Action<TResult, SqlStatement?> committing,
        bool urgent,
        CancellationToken ct
    )
        where TResult : Result
    {
        using var turn = await writers.EnterAsync(urgent, ct);
        var transaction = await writers.BeginAsync(db, urgent, ct);
        try
        {
            var result = await work(ct);
            if (result.Failed)
            {
                db.Forget();
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
            // Waits until the winner's row is on the disk: what the loser is told must not turn out to have never been.
            await transaction.RollbackAsync(CancellationToken.None);
            throw;
        }
        finally
        {
            await EndAsync(transaction);
        }
    }
}
