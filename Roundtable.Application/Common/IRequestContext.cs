namespace Roundtable.Application.Common;

/// <summary>The caller and origin of a request. Identity comes only from the session, never from a body or a parameter.</summary>
public interface IRequestContext
{
    string? RequestId { get; }

    /// <summary>The client's IP address; only configured proxies can override the connection's address.</summary>
    string? IpAddress { get; }

    string? UserAgent { get; }

    /// <summary>The languages that the browser prefers, as BCP 47 tags, most preferred first; at most five.</summary>
    IReadOnlyList<string> Languages { get; }

    CurrentSession? Session { get; }

    /// <summary>Secrets by which accounts recognise this browser, one per account, last used first; at most five.</summary>
    IReadOnlyList<string> BrowserSecrets { get; }
}
