using System.Net.Http.Headers;

namespace Roundtable.Client;

/// <summary>Authenticates every request by an API key, and sends it to no other origin than the API's.</summary>
public sealed class ApiKeyHandler : DelegatingHandler
{
    private readonly Uri baseUrl;
    private readonly AuthenticationHeaderValue authorization;

    /// <param name="baseUrl">Where the API is.</param>
    /// <param name="apiKey">The key of a service account or a user.</param>
    public ApiKeyHandler(Uri baseUrl, string apiKey)
    {
        this.baseUrl = FolderOf(baseUrl);
        ArgumentNullException.ThrowIfNull(apiKey);
        var key = apiKey.Trim();
        // Here, because the message of the header's own check would repeat the key.
        authorization =
            key.Length > 0 && key.All(c => c is > ' ' and <= '~')
                ? new AuthenticationHeaderValue("Bearer", key)
                : throw new ArgumentException("The API key is empty or has characters that no key has.", nameof(apiKey));
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Authorize(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Authorize(request);
        return base.Send(request, cancellationToken);
    }

    /// <summary>Returns the address that relative paths are resolved against.</summary>
    internal static Uri FolderOf(Uri baseUrl)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        return baseUrl.IsAbsoluteUri && baseUrl.Scheme is "http" or "https"
            ? new Uri(baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/")
            : throw new ArgumentException("The address of the API begins with https:// or http://.", nameof(baseUrl));
    }

    private void Authorize(HttpRequestMessage request)
    {
        const UriComponents origin = UriComponents.Scheme | UriComponents.StrongAuthority;
        if (
            request.RequestUri is not { IsAbsoluteUri: true } uri
            || Uri.Compare(uri, baseUrl, origin, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0
        )
        {
            throw new InvalidOperationException($"The API key is sent to {baseUrl.GetLeftPart(UriPartial.Authority)} only.");
        }

        request.Headers.Authorization = authorization;
    }
}
