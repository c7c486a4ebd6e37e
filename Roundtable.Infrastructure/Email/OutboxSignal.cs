namespace Roundtable.Infrastructure.Email;

public sealed class OutboxSignal
{
    private readonly SemaphoreSlim due = new(0, 1);

    public void Notify() => due.Release();
}
