using System.Text;

namespace Roundtable.Tests.Support;

/// <summary>Requests exactly as written: no cookies, no browser headers, and paths that are not normalized.</summary>
internal static class Wire
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public static async Task<Answer> SendAsync(
        TestApp app,
        HttpMethod method,
        string path,
        HttpContent? content = null,
        params (string Name, string Value)[] headers
    )
    {
        var uri = new Uri(
            app.BaseAddress.GetLeftPart(UriPartial.Authority) + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        using var request = new HttpRequestMessage(method, uri) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>A body with any media type; null for none.</summary>
    public static ByteArrayContent Body(byte[] bytes, string? contentType)
    {
        var content = new ByteArrayContent(bytes);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return content;
    }

    /// <summary>A valid body for an endpoint that has query parameters; null if it takes none.</summary>
    public static ByteArrayContent? BodyBesideQuery(string path) =>
        path.EndsWith("/import", StringComparison.Ordinal) ? Body("email\nada@example.com\n", "text/csv")
        : path.EndsWith("/bulk/matching", StringComparison.Ordinal) ? Body("""{"action":"unban","expected":0}""", "application/json")
        : null;

    public static ByteArrayContent Body(string text, string? contentType) => Body(Encoding.UTF8.GetBytes(text), contentType);
}
