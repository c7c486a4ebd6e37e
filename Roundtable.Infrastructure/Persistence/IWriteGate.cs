namespace Roundtable.Infrastructure.Persistence;

/// <summary>Lets the transactions of this process through, one at a time where the database takes one writer only.</summary>
internal interface IWriteGate
{
    Task<IDisposable?> EnterAsync(CancellationToken ct);
}

internal sealed class OpenWriteGate : IWriteGate
{
    public Task<IDisposable?> EnterAsync(CancellationToken ct) => Task.FromResult<IDisposable?>(null);
}
