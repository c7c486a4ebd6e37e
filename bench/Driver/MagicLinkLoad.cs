using System.Net.Http.Json;

namespace Roundtable.Bench.Driver;

/// <summary>
/// Repeats the sign-in by link: request, read the mail, redeem; each with another seeded user, so that no per-address limit applies.
/// </summary>
internal sealed class MagicLinkLoad(Dialect dialect, Uri url, string mailFolder, int users) : IDisposable
{
    private readonly HttpClient client = Http.To(url);
    private readonly Mailbox mailbox = new(mailFolder);
    private int next = Random.Shared.Next(users);

    public Task CycleAsync(int worker) => SignInAsync($"bench{(uint)Interlocked.Increment(ref next) % users + 1}@example.com");

    /// <returns>The session cookie, as <c>name=value</c>.</returns>
    public async Task<string> SignInAsync(string email)
    {
        var mailed = mailbox.NextTokenAsync(email);
        using var ask = new HttpRequestMessage(HttpMethod.Post, dialect.AskPath) { Content = JsonContent.Create(new { email }) };
        using (await client.SendOrThrowAsync(ask)) { }

        using var redeem = dialect.Redeem(await mailed);
        using var redeemed = await client.SendOrThrowAsync(redeem);
        var cookies = redeemed.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]);
        return cookies.Last(cookie => cookie.Contains("session", StringComparison.Ordinal) && !cookie.EndsWith('='));
    }

    public void Dispose()
    {
        mailbox.Dispose();
        client.Dispose();
    }
}
