namespace Roundtable.Application.Common;

/// <summary>The caller and origin of a request. Identity comes from the session or API key, never from a body.</summary>
public interface IRequestContext
{
    string? RequestId { get; }

    /// <summary>The client's IP address; only configured proxies can override the connection's address.</summary>
    string? IpAddress { get; }

    string? UserAgent { get; }

    /// <summary>The languages that the browser prefers, as BCP 47 tags, most preferred first; at most five.</summary>
    IReadOnlyList<string> Languages { get; }

    /// <summary>The user or service account that calls; null if the request is anonymous.</summary>
    Caller? Caller { get; }

    /// <summary>The caller's session; null if there is none, as for API keys.</summary>
    CurrentSession? Session { get; }

    /// <summary>Secrets by which accounts recognise this browser, one per account, last used first; at most five.</summary>
    IReadOnlyList<string> BrowserSecrets { get; }
}
