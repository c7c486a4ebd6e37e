namespace Roundtable.Infrastructure.Persistence;

/// <summary>Lets units of work write, one at a time where the database takes one writer only.</summary>
internal interface IWriteTurns
{
    /// <summary>Whether only one unit of work runs at a time: then its reads stay true until it ends, without a lock.</summary>
    bool IsExclusive { get; }

    /// <summary>Throws <see cref="TimeoutException"/> when the turn does not come.</summary>
    /// <param name="db">What the unit works with, on whatever connection the turn gives it.</param>
    /// <param name="urgent">Whether it goes before all that is not urgent.</param>
    Task<IWriteTurn> EnterAsync(RoundtableDbContext db, bool urgent, CancellationToken ct);
}

/// <summary>A unit of work's time to write. Disposed, it is the next one's.</summary>
internal interface IWriteTurn : IDisposable
{
    /// <summary>Begins what is taken back as a whole unless it is committed.</summary>
    Task<IWriteAttempt> BeginAsync(CancellationToken ct);

    /// <summary>
    /// Ends the turn, and returns once everything that the unit wrote, or saw of others, is on the disk. Throws when it did not get there: then nothing
    /// of the unit did.
    /// </summary>
    Task SettleAsync();

    /// <summary>Tells all who wait that the database takes no writes now, so that they need not find out one after the other.</summary>
    void Dissolve();
}

/// <summary>One run of a unit's work. Disposed without a commit, it leaves nothing behind.</summary>
internal interface IWriteAttempt : IAsyncDisposable
{
    Task CommitAsync(CancellationToken ct);
}
