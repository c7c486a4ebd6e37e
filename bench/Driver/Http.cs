namespace Roundtable.Bench.Driver;

/// <summary>An HTTP client that ignores cookies: they are Secure, and this is http on loopback.</summary>
internal static class Http
{
    public static HttpClient To(Uri url) =>
        new(
            new SocketsHttpHandler
            {
                UseCookies = false,
                UseProxy = false,
                AllowAutoRedirect = false,
            }
        )
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromSeconds(30),
        };

    /// <summary>Throws, with the response's text, for any status but 2xx.</summary>
    public static async Task<HttpResponseMessage> SendOrThrowAsync(this HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"{request.Method} {request.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}"
            );
        }

        return response;
    }
}
