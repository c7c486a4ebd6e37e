namespace Roundtable.Application.Common;

/// <summary>The public URL, trusted origins and trusted proxies.</summary>
public sealed class AppOptions
{
    public const string SectionName = "App";

    /// <summary>The URL that users open and that links in e-mails start with. Default: the first of <c>Urls</c>.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Other origins that may call the API from a browser, as exact scheme, host and port. Default: none.</summary>
    public IList<string> TrustedOrigins { get; init; } = [];

    /// <summary>
    /// IP addresses or networks (CIDR) whose <c>X-Forwarded-*</c> headers are trusted. Default: none, the headers are ignored.
    /// </summary>
    public IList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// Allows Pickup mail, an http public URL and unprotected key storage in Production; logs a warning for each. Default: false.
    /// </summary>
    public bool AllowDevelopmentDefaults { get; set; }

    /// <summary>The origin of the public URL and all trusted origins.</summary>
    public IEnumerable<string> Origins =>
        TrustedOrigins.Select(o => o.TrimEnd('/')).Prepend(new Uri(PublicUrl).GetLeftPart(UriPartial.Authority));

    /// <summary>Builds a dashboard URL. The secret is in the fragment, which browsers do not send to servers.</summary>
    public string Link(string page, string secret) => $"{PublicUrl.TrimEnd('/')}/{page}#token={secret}";
}
