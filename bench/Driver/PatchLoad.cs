using System.Net.Http.Json;

namespace Roundtable.Bench.Driver;

/// <summary>Updates the caller's account, user and profile; each worker has its own user.</summary>
internal sealed class PatchLoad(Dialect dialect, Uri url, IReadOnlyList<SignedIn> writers) : IDisposable
{
    private readonly HttpClient client = Http.To(url);
    private int changes;

    public async Task WriteAsync(int worker)
    {
        var change = Interlocked.Increment(ref changes);
        using var request = new HttpRequestMessage(HttpMethod.Patch, dialect.PatchPath)
        {
            Headers = { { "Cookie", writers[worker].Cookie } },
            Content = JsonContent.Create(
                new
                {
                    name = $"Writer {worker} wrote {change}",
                    bio = $"Change {change}",
                    timeZone = "Europe/Vienna",
                }
            ),
        };
        using (await client.SendOrThrowAsync(request)) { }
    }

    public void Dispose() => client.Dispose();
}
