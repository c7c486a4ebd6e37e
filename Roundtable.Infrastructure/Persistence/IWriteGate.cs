namespace Roundtable.Infrastructure.Persistence;

/// <summary>Lets the transactions of this process through, one at a time where the database takes one writer only.</summary>
internal interface IWriteGate
{
    /// <summary>Throws <see cref="TimeoutException"/> when the turn does not come.</summary>
    /// <param name="urgent">Whether it goes before all that is not urgent.</param>
    Task<IDisposable?> EnterAsync(bool urgent, CancellationToken ct);

    /// <summary>Tells how long a transaction took to begin, once its turn had come: whom it waited for was another process.</summary>
    void Began(TimeSpan after);

    /// <summary>Tells all who wait that the database takes no writes now, so that they need not find out one after the other.</summary>
    void Dissolve();
}

internal sealed class OpenWriteGate : IWriteGate
{
    public Task<IDisposable?> EnterAsync(bool urgent, CancellationToken ct) => Task.FromResult<IDisposable?>(null);

    public void Began(TimeSpan after)
    {
        // The database sees to fairness itself.
    }

    public void Dissolve()
    {
        // Nobody waits here.
    }
}
