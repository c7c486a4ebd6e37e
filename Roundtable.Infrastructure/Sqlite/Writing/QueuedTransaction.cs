using Microsoft.EntityFrameworkCore.Storage;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>
/// A savepoint of a shared transaction, as EF Core has transactions. Disposed without a commit, it leaves nothing behind.
/// </summary>
internal sealed class QueuedTransaction(GroupCommit groups, SharedTransaction shared, IDisposable enlistment) : IDbContextTransaction
{
    private bool ended;

    public Guid TransactionId { get; } = Guid.NewGuid();

    /// <summary>Returns once it is on the disk. Throws when it did not get there, and with it nothing of the group.</summary>
    public Task CommitAsync(CancellationToken cancellationToken = default)
    {
        shared.ReleaseSavepoint();
        End();
        return shared.Settled;
    }

    /// <summary>
    /// Returns once what it read of others in the group is on the disk: what was decided by it must not turn out to have never been.
    /// </summary>
    public Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        Dispose();
        return shared.Settled;
    }

    public void Commit() => CommitAsync().GetAwaiter().GetResult();

    public void Rollback() => RollbackAsync().GetAwaiter().GetResult();

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        try
        {
            shared.RollBackSavepoint();
        }
        finally
        {
            End();
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void End()
    {
        ended = true;
        try
        {
            enlistment.Dispose();
        }
        finally
        {
            groups.End(failed: shared.IsBroken);
        }
    }
}
