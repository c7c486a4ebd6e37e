using System.Text.Json;

namespace Roundtable.Bench.Driver;

internal sealed record SignedIn(string Id, string Cookie);

/// <summary>Signs users in by the link in their mail, and stores their cookies in a file for the other commands.</summary>
internal static class SignIns
{
    public static async Task WriteAsync(Dialect dialect, Uri url, string mailFolder, IEnumerable<string> addresses)
    {
        using var links = new MagicLinkLoad(dialect, url, mailFolder, users: 1);
        using var client = Http.To(url);
        foreach (var address in addresses)
        {
            var cookie = await links.SignInAsync(address);
            Console.WriteLine($"{await IdOfAsync(client, dialect, cookie)}\t{cookie}");
        }
    }

    public static async Task<List<SignedIn>> ReadAsync(string file) =>
        [.. (await File.ReadAllLinesAsync(file)).Select(line => line.Split('\t')).Select(parts => new SignedIn(parts[0], parts[1]))];

    private static async Task<string> IdOfAsync(HttpClient client, Dialect dialect, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, dialect.SessionPath) { Headers = { { "Cookie", cookie } } };
        using var response = await client.SendOrThrowAsync(request);
        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return answer.RootElement.GetProperty("data").GetProperty("user").GetProperty("id").GetString()!;
    }
}
