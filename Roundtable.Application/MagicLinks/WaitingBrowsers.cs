namespace Roundtable.Application.MagicLinks;

/// <summary>
/// Wakes requests that wait in this process until a link is used. Links that another instance redeems are found by asking the database.
/// </summary>
public sealed class WaitingBrowsers
{
    private readonly Lock changing = new();
    private readonly Dictionary<string, (TaskCompletionSource Signal, int Waiting)> requests = new(StringComparer.Ordinal);

    /// <summary>Waits until the token is used in this process, or the time is over.</summary>
    public async Task WaitAsync(string tokenId, TimeSpan atMost, CancellationToken ct)
    {
        TaskCompletionSource signal;
        lock (changing)
        {
            var (known, waiting) = requests.GetValueOrDefault(tokenId);
            signal = known ?? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            requests[tokenId] = (signal, waiting + 1);
        }

        try
        {
            await signal.Task.WaitAsync(atMost, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
        finally
        {
            lock (changing)
            {
                if (requests.TryGetValue(tokenId, out var request) && request.Signal == signal)
                {
                    if (request.Waiting == 1)
                    {
                        requests.Remove(tokenId);
                    }
                    else
                    {
                        requests[tokenId] = (signal, request.Waiting - 1);
                    }
                }
            }
        }
    }

    /// <summary>Wakes the requests that wait for this token.</summary>
    public void Notify(string tokenId)
    {
        lock (changing)
        {
            if (requests.Remove(tokenId, out var request))
            {
                request.Signal.SetResult();
            }
        }
    }
}
