using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Events;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>A use case in one transaction, inside the provider's execution strategy.</summary>
internal sealed class UnitOfWork(RoundtableDbContext db, IDatabaseErrors errors, IWriteGate gate, IWriter writer, Announcements announcements) : IUnitOfWork
{
    // Lost races are repeated: each one was lost to a winner, so that somebody always makes progress.
    private const int MaxAttempts = 10;

    public Task<TResult> ExecuteAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result, IFallible<TResult> => ExecuteAsync(work, urgent: false, ct);

    /// <inheritdoc cref="IUnitOfWork.ExecuteAsync"/>
    /// <param name="urgent">Whether it goes before all that waits to write and is not urgent: for short work that must not be late.</param>
    public async Task<TResult> ExecuteAsync<TResult>(Func<CancellationToken, Task<TResult>> work, bool urgent, CancellationToken ct)
        where TResult : Result, IFallible<TResult>
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return await work(ct);
        }

        using var turn = await gate.EnterAsync(urgent, ct);
        try
        {
            using var loan = writer.Lend(db);
            var result = await RepeatAsync(work, ct);
            loan?.Keep();
            return result;
        }
        catch (Exception e) when (errors.IsUnavailable(e))
        {
            gate.Dissolve();
            throw;
        }
    }

    public Task FlushAsync(CancellationToken ct) => db.SaveChangesAsync(ct);

    private async Task<TResult> RepeatAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result, IFallible<TResult>
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.Database.CreateExecutionStrategy().ExecuteAsync(ct => RunAsync(work, ct), ct);
            }
            catch (DbUpdateException lost) when (lost is DbUpdateConcurrencyException || errors.IsDuplicateKey(lost))
            {
                if (attempt == MaxAttempts)
                {
                    return TResult.From(errors.IsDuplicateKey(lost, nameof(db.Users), nameof(User.NormalizedEmail)) ? UserErrors.EmailTaken : Errors.Conflict);
                }
            }
        }
    }

    private async Task<TResult> RunAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken ct)
        where TResult : Result
    {
        db.ChangeTracker.Clear();
        announcements.Reset();
        var asked = Stopwatch.GetTimestamp();
        await using var transaction = await BeginAsync(ct);
        gate.Began(Stopwatch.GetElapsedTime(asked));
        var result = await work(ct);
        if (result.Failed)
        {
            db.ChangeTracker.Clear();
            announcements.Reset();
            return result;
        }

        await announcements.PrepareAsync(db, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        announcements.Tell(db);
        return result;
    }

    private async Task<IDbContextTransaction> BeginAsync(CancellationToken ct)
    {
        try
        {
            return await db.Database.BeginTransactionAsync(ct);
        }
        catch
        {
            // EF Core has opened the connection by then, and counts it as in use for as long as the context lives, which comes from a pool.
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }
}
