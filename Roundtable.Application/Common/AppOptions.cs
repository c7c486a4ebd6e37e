namespace Roundtable.Application.Common;

/// <summary>Where the application lives and whom it trusts.</summary>
public sealed class AppOptions
{
    public const string SectionName = "App";

    /// <summary>The address that people reach it at and that links in mails begin with. Default: the first of <c>Urls</c>.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Other origins that may call the API from a browser, exact: scheme, host, port. Default: none.</summary>
    public IList<string> TrustedOrigins { get; init; } = [];

    /// <summary>
    /// Addresses or networks (CIDR) whose <c>X-Forwarded-*</c> headers are believed. Default: none, the headers are ignored.
    /// </summary>
    public IList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// Lets Production run with Pickup mail, an http public URL or unprotected key storage, with a warning each. Default: false.
    /// </summary>
    public bool AllowDevelopmentDefaults { get; set; }

    /// <summary>The public address's origin, and all others that are trusted.</summary>
    public IEnumerable<string> Origins =>
        TrustedOrigins.Select(o => o.TrimEnd('/')).Prepend(new Uri(PublicUrl).GetLeftPart(UriPartial.Authority));

    /// <summary>An address of the dashboard; the secret stands in the fragment, which browsers send to no server.</summary>
    public string Link(string page, string secret) => $"{PublicUrl.TrimEnd('/')}/{page}#token={secret}";
}
