using Microsoft.EntityFrameworkCore.Storage;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>A transaction on the context's own connection, with a slot in the write queue like any other.</summary>
internal sealed class OwnTransaction(GroupCommit groups, IDbContextTransaction transaction) : IDbContextTransaction
{
    private bool ended;
    private bool failed;

    public Guid TransactionId => transaction.TransactionId;

    public void Commit() => CommitAsync().GetAwaiter().GetResult();

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        failed = true;
        await transaction.CommitAsync(cancellationToken);
        failed = false;
    }

    public void Rollback() => transaction.Rollback();

    public Task RollbackAsync(CancellationToken cancellationToken = default) => transaction.RollbackAsync(cancellationToken);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            groups.End(failed);
        }
    }
}
