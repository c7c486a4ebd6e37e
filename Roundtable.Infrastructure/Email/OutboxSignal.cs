namespace Roundtable.Infrastructure.Email;

public sealed class OutboxSignal
{
    public event EventHandler? Raised;

    public void Notify() => Raised?.Invoke(this, EventArgs.Empty);
}
