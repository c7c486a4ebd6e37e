using Microsoft.EntityFrameworkCore.Storage;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>A savepoint of a shared transaction, exposed as an EF Core transaction. Dispose without a commit rolls it back.</summary>
internal sealed class QueuedTransaction(GroupCommit groups, SharedTransaction shared, IDisposable enlistment) : IDbContextTransaction
{
    private bool ended;

    public Guid TransactionId { get; } = Guid.NewGuid();

    /// <summary>
    /// Returns once the transaction is on the disk. Throws if the commit failed, in which case nothing of the group was written.
    /// </summary>
    public Task CommitAsync(CancellationToken cancellationToken = default)
    {
        shared.ReleaseSavepoint();
        End();
        return shared.Completion;
    }

    /// <summary>
    /// Returns once the data that it read from others in the group is on the disk: a decision must not rest on data that is then lost.
    /// </summary>
    public Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        Dispose();
        return shared.Completion;
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
