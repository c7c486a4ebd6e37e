using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Runs work in one transaction, in its turn, inside the provider's execution strategy, and again where it lost a race.</summary>
internal sealed class Transactions(RoundtableDbContext db, IDatabaseErrors errors, IWriteTurns turns)
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
        using var turn = await turns.EnterAsync(db, urgent, ct);
        try
        {
            var result = await RepeatAsync(turn, work, ct);
            await turn.SettleAsync();
            return result;
        }
        catch (Exception e)
        {
            // Nobody who saves later writes a part of what failed here.
            db.Forget();
            if (errors.IsUnavailable(e))
            {
                turn.Dissolve();
            }

            throw;
        }
    }

    /// <summary>
    /// The same for what was loaded and changed before, which is kept: once, as work that lost a race cannot be repeated with it.
    /// </summary>
    public async Task<TResult> RunOnLoadedAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result
    {
        using var turn = await turns.EnterAsync(db, urgent: false, ct);
        try
        {
            var (result, failure) = await db.Database.CreateExecutionStrategy().ExecuteAsync(ct => TryOnLoadedAsync(turn, work, ct), ct);
            failure?.Throw();
            await turn.SettleAsync();
            return result!;
        }
        catch (Exception e)
        {
            db.Forget();
            if (errors.IsUnavailable(e))
            {
                turn.Dissolve();
            }

            throw;
        }
    }

    // The strategy repeats what throws.
    private async Task<(TResult? Result, ExceptionDispatchInfo? Failure)> TryOnLoadedAsync<TResult>(
        IWriteTurn turn, Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result
    {
        try
        {
            return (await CommitAsync(turn, work, ct), null);
        }
        catch (Exception e)
        {
            return (null, ExceptionDispatchInfo.Capture(e));
        }
    }

    private async Task<TResult> RepeatAsync<TResult>(IWriteTurn turn, Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result, IFallible<TResult>
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.Database.CreateExecutionStrategy().ExecuteAsync(ct => AttemptAsync(turn, work, ct), ct);
            }
            catch (DbUpdateException lost) when (lost is DbUpdateConcurrencyException || errors.IsDuplicateKey(lost))
            {
                if (attempt == MaxAttempts)
                {
                    db.Forget();
                    return TResult.From(errors.IsDuplicateKey(lost, nameof(db.Users), nameof(User.NormalizedEmail)) ? UserErrors.EmailTaken : Errors.Conflict);
                }
            }
        }
    }

    private Task<TResult> AttemptAsync<TResult>(IWriteTurn turn, Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result
    {
        db.Forget();
        return CommitAsync(turn, work, ct);
    }

    private async Task<TResult> CommitAsync<TResult>(IWriteTurn turn, Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result
    {
        await using var attempt = await turn.BeginAsync(ct);
        var result = await work(ct);
        if (result.Failed)
        {
            db.Forget();
            return result;
        }

        await attempt.CommitAsync(ct);
        return result;
    }
}
