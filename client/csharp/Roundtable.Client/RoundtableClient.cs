namespace Roundtable.Client;

/// <summary>
/// The clients of all tags, which share one <see cref="HttpClient"/>. Keep one instance for the whole program; it can be used by several
/// threads at once.
/// </summary>
public sealed partial class RoundtableClient : IDisposable
{
    // An import of many rows takes longer than HttpClient's own limit.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Connections are replaced at times, so that a change of the host's address is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient http;
    private readonly bool ownsHttp;

    /// <summary>Creates a client that authenticates by an API key, without cookies and without following redirects.</summary>
    /// <param name="baseUrl">Where the API is, such as <c>https://accounts.example.com</c>.</param>
    /// <param name="apiKey">The key of a service account or a user.</param>
    public RoundtableClient(Uri baseUrl, string apiKey)
        : this(
            new HttpClient(new ApiKeyHandler(baseUrl, apiKey) { InnerHandler = CreateHandler() })
            {
                BaseAddress = ApiKeyHandler.FolderOf(baseUrl),
                Timeout = Patience,
            }
        ) => ownsHttp = true;

    /// <summary>
    /// Creates a client of an <see cref="HttpClient"/> that has a base address, ending with a slash, and an <see cref="ApiKeyHandler"/>,
    /// such as one of IHttpClientFactory. Its owner disposes it.
    /// </summary>
    public RoundtableClient(HttpClient http) => this.http = http;

    /// <summary>
    /// Returns the <c>ETag</c> that an answer of this program's clients came with, to be passed as <c>ifMatch</c>; null if it had none.
    /// </summary>
    public static string? ETagOf(object answer) => ApiClientBase.ETagOf(answer);

    public void Dispose()
    {
        if (ownsHttp)
        {
            http.Dispose();
        }
    }

    private static SocketsHttpHandler CreateHandler() =>
        new()
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = ConnectionLifetime,
        };
}
