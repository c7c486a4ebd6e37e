using Roundtable.Application.Sessions;

namespace Roundtable.Application.Common;

/// <summary>Who asks, from where. Identity comes from the session alone, never from a body or a parameter.</summary>
public interface IRequestContext
{
    string? RequestId { get; }

    /// <summary>The client's address; only configured proxies can make it another than the connection's.</summary>
    string? IpAddress { get; }

    string? UserAgent { get; }

    CurrentSession? Session { get; }

    /// <summary>By which accounts know this browser, a secret each, the last used first; at most five.</summary>
    IReadOnlyList<string> BrowserSecrets { get; }
}
