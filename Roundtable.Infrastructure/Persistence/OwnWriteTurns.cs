using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Everybody at once, each unit in a transaction of its own: the database itself sees to order and fairness.</summary>
internal sealed class OwnWriteTurns : IWriteTurns
{
    public bool IsExclusive => false;

    public Task<IWriteTurn> EnterAsync(RoundtableDbContext db, bool urgent, CancellationToken ct) => Task.FromResult<IWriteTurn>(new Turn(db));

    private sealed class Turn(RoundtableDbContext db) : IWriteTurn
    {
        public async Task<IWriteAttempt> BeginAsync(CancellationToken ct) => await OwnAttempt.BeginAsync(db, ct);

        // Each attempt was on the disk with its commit.
        public Task SettleAsync() => Task.CompletedTask;

        public void Dissolve()
        {
            // Nobody waits here.
        }

        public void Dispose()
        {
            // There is no next one.
        }
    }
}

/// <summary>A transaction on the context's own connection.</summary>
internal sealed class OwnAttempt : IWriteAttempt
{
    private readonly IDbContextTransaction transaction;

    private OwnAttempt(IDbContextTransaction transaction) => this.transaction = transaction;

    public static async Task<OwnAttempt> BeginAsync(RoundtableDbContext db, CancellationToken ct)
    {
        try
        {
            return new OwnAttempt(await db.Database.BeginTransactionAsync(ct));
        }
        catch
        {
            // EF Core has opened the connection by then, and counts it as in use for as long as the context lives, which comes from a pool.
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    public Task CommitAsync(CancellationToken ct) => transaction.CommitAsync(ct);

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
