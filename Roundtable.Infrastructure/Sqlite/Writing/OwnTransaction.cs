using Microsoft.EntityFrameworkCore.Storage;

namespace Roundtable.Infrastructure.Sqlite.Writing;

/// <summary>A transaction on the context's own connection, which has its turn in the queue like any other.</summary>
internal sealed class OwnTransaction(GroupCommit groups, IDbContextTransaction transaction) : IDbContextTransaction
{
    private bool ended;

    public Guid TransactionId => transaction.TransactionId;

    public void Commit() => transaction.Commit();

    public Task CommitAsync(CancellationToken cancellationToken = default) => transaction.CommitAsync(cancellationToken);

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
            groups.End(failed: false);
        }
    }
}
