using System.Net;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.Tokens;
using SessionRow = Roundtable.Domain.Sessions.Session;

namespace Roundtable.Api.Authentication;

/// <summary>Exposes the HTTP request to the application layer.</summary>
internal sealed class RequestContext(IHttpContextAccessor accessor) : IRequestContext
{
    private const int MaxLanguages = 5;

    public string? RequestId => accessor.HttpContext?.TraceIdentifier;

    public string? IpAddress => Format(accessor.HttpContext?.Connection.RemoteIpAddress);

    public string? UserAgent =>
        accessor.HttpContext?.Request.Headers.UserAgent.ToString() switch
        {
            null or "" => null,
            { Length: > SessionRow.UserAgentMaxLength } agent => agent[..SessionRow.UserAgentMaxLength],
            { } agent => agent,
        };

    public IReadOnlyList<string> Languages =>
        accessor.HttpContext is { } http
            ?
            [
                .. http
                    .Request.GetTypedHeaders()
                    .AcceptLanguage.Where(l => l.Quality is not 0 && l.Value.HasValue && ProfileRules.Locale(l.Value.Value) is null)
                    .OrderByDescending(l => l.Quality ?? 1)
                    .Select(l => l.Value.Value!)
                    .Take(MaxLanguages),
            ]
            : [];

    public Caller? Caller => accessor.HttpContext?.User.Caller();

    public CurrentSession? Session => accessor.HttpContext?.User.CurrentSession();

    public IReadOnlyList<string> BrowserSecrets =>
        accessor.HttpContext is { } http && SecretCookie.KnownBrowsers.Read(http) is { } cookie
            ?
            [
                .. cookie
                    .Split(KnownBrowsers.Separator)
                    .Where(s => s.Length == OneTimeTokens.SecretLength)
                    .Distinct(StringComparer.Ordinal)
                    .Take(KnownBrowsers.MaxPerBrowser),
            ]
            : [];

    private static string? Format(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
}
