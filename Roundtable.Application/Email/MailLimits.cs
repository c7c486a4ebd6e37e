using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Email;

/// <summary>
/// Limits the mails that anyone can cause to be sent to an address. Known browsers of the account have a separate limit, which
/// strangers cannot use up.
/// </summary>
[ScopedService]
public sealed class MailLimits(IThrottle throttle, KnownBrowsers browsers, IOptions<AuthOptions> auth)
{
    /// <summary>Counts one more mail of this kind to the address; returns false if the limit is reached.</summary>
    public async Task<bool> TryReserveAsync(string kind, EmailAddress email, CancellationToken ct)
    {
        var isKnown = await browsers.IsKnownAsync(email.Normalized, ct);
        // Always counted for the address: strangers get the remainder.
        var isLeft = await TryHitAsync(kind, email, ct);
        return isKnown ? await TryHitAsync($"{kind}-known", email, ct) : isLeft;
    }

    /// <summary>Returns when another mail of this kind can be sent to the address (UTC).</summary>
    public async Task<DateTime> NextAsync(string kind, EmailAddress email, CancellationToken ct)
    {
        var isKnown = await browsers.IsKnownAsync(email.Normalized, ct);
        var (max, window) = (auth.Value.MagicLink.MaxPerWindow, auth.Value.MagicLink.Window);
        return await throttle.NextHitAsync(isKnown ? $"{kind}-known" : kind, email.Normalized, max, window, ct);
    }

    private Task<bool> TryHitAsync(string kind, EmailAddress email, CancellationToken ct) =>
        throttle.TryHitAsync(kind, email.Normalized, auth.Value.MagicLink.MaxPerWindow, auth.Value.MagicLink.Window, ct);
}
