namespace Roundtable.Api.ExternalLogins;

/// <summary>
/// Limits what a request spends at a provider: all calls together, and the wait for others that read the same discovery document. The
/// framework's handlers stop when the request is aborted.
/// </summary>
internal sealed class ProviderTimeLimit : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(9);

    private readonly HttpContext http;
    private readonly CancellationTokenSource timer;

    public ProviderTimeLimit(HttpContext http)
    {
        this.http = http;
        Client = http.RequestAborted;
        timer = CancellationTokenSource.CreateLinkedTokenSource(Client);
        timer.CancelAfter(Limit);
        http.RequestAborted = timer.Token;
        http.Items[typeof(ProviderTimeLimit)] = this;
    }

    /// <summary>Whether the client has gone.</summary>
    public CancellationToken Client { get; }

    /// <summary>Ends the request's limit: the provider has answered.</summary>
    public static void End(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(ProviderTimeLimit), out var item) && item is ProviderTimeLimit limit)
        {
            http.RequestAborted = limit.Client;
        }
    }

    public void Dispose()
    {
        http.RequestAborted = Client;
        timer.Dispose();
    }
}
