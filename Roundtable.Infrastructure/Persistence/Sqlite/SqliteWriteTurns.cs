namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// One unit of work at a time. Those that follow each other without a gap share a transaction (<see cref="SqliteWriteGroup"/>), which the last one
/// commits for all.
/// </summary>
internal sealed class SqliteWriteTurns(SqliteWriteGate gate, SqliteWriter writer) : IWriteTurns
{
    // Touched by whoever has the turn.
    private SqliteWriteGroup? open;

    public bool IsExclusive => true;

    public async Task<IWriteTurn> EnterAsync(RoundtableDbContext db, bool urgent, CancellationToken ct)
    {
        await gate.EnterAsync(urgent, ct);
        return new Turn(this, db);
    }

    private SqliteWriteGroup Begin()
    {
        var group = writer.Begin();
        if (group.FollowsAnother)
        {
            gate.SawAnother();
        }

        return group;
    }

    private void Dissolve() => gate.Dissolve();

    private void Close()
    {
        var ending = open;
        open = null;
        ending?.Close();
        if (ending is { Settled.IsFaulted: true })
        {
            gate.Dissolve();
        }
    }

    private void End()
    {
        if (open is { IsOpen: true } && gate.HandOver())
        {
            return;
        }

        try
        {
            Close();
        }
        finally
        {
            gate.Leave();
        }
    }

    private sealed class Turn(SqliteWriteTurns turns, RoundtableDbContext db) : IWriteTurn
    {
        private SqliteWriteGroup? group;
        private IDisposable? loan;
        private bool ended;

        public async Task<IWriteAttempt> BeginAsync(CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            if (loan is null && !TryJoin())
            {
                // Somebody reads on its connection, or opened it to keep it: it writes there, and finds the lock free.
                turns.Close();
                return await OwnAttempt.BeginAsync(db, ct);
            }

            return group!.Attempt();
        }

        private bool TryJoin()
        {
            var joined = turns.open ??= turns.Begin();
            loan = joined.Lend(db);
            group = loan is null ? null : joined;
            return loan is not null;
        }

        public Task SettleAsync()
        {
            Dispose();
            return group?.Settled ?? Task.CompletedTask;
        }

        public void Dissolve()
        {
            if (!ended)
            {
                turns.Dissolve();
            }
        }

        public void Dispose()
        {
            if (ended)
            {
                return;
            }

            ended = true;
            try
            {
                loan?.Dispose();
            }
            finally
            {
                turns.End();
            }
        }
    }
}
