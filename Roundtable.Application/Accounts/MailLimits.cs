using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Throttling;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>
/// How many mails anybody can have sent to an address. Browsers that the account knows have a count of their own, which strangers cannot
/// use up.
/// </summary>
[ScopedService]
public sealed class MailLimits(IThrottle throttle, KnownBrowsers browsers, IOptions<AuthOptions> auth)
{
    /// <summary>Whether one more mail of this kind may go to the address now; counts it.</summary>
    public async Task<bool> TryReserveAsync(string kind, EmailAddress email, CancellationToken ct)
    {
        var isKnown = await browsers.IsKnownAsync(email.Normalized, ct);
        // Counted for the address in any case: strangers have what is left.
        var isLeft = await TryHitAsync(kind, email, ct);
        return isKnown ? await TryHitAsync($"{kind}-known", email, ct) : isLeft;
    }

    private Task<bool> TryHitAsync(string kind, EmailAddress email, CancellationToken ct) =>
        throttle.TryHitAsync(kind, email.Normalized, auth.Value.MagicLink.MaxPerWindow, auth.Value.MagicLink.Window, ct);
}
