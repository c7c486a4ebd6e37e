using System.Diagnostics;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.MagicLinks;

/// <summary>Shows the state of a request for a link, and the origin of a link, without consuming it.</summary>
[ScopedService]
public sealed class MagicLinkStatusService(OneTimeTokens tokens, MailLimits limits, WaitingBrowsers waiting, IOptions<AuthOptions> auth)
{
    // How soon a link that another instance redeems is noticed.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns the state of the browser's newest request. While it is waiting, the answer is held back; meanwhile no connection to the
    /// database is in use. Errors: <c>not_found</c> if the browser made none.
    /// </summary>
    /// <param name="stopping">Ends the wait early, with an answer.</param>
    public async Task<Result<PendingMagicLinkDto>> WaitAsync(
        string? browserSecret,
        TimeSpan wait,
        CancellationToken stopping,
        CancellationToken ct
    )
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (
                await tokens.FindRequestAsync(browserSecret, ct) is not { Purpose: TokenPurpose.MagicLink } token
                || MagicLinkTokens.PayloadOf(token) is not { } payload
            )
            {
                return MagicLinkErrors.NoRequest;
            }

            var state = StateOf(token);
            var left = wait - Stopwatch.GetElapsedTime(started);
            if (state != PendingMagicLinkState.Waiting || left <= TimeSpan.Zero || stopping.IsCancellationRequested)
            {
                _ = EmailAddress.TryParse(payload.Email, out var email);
                return new PendingMagicLinkDto(
                    state,
                    EmailAddress.Mask(payload.Email),
                    token.CreatedAtUtc,
                    await limits.NextAsync(MagicLinkService.ThrottleKind, email, ct)
                );
            }

            await waiting.WaitAsync(token.Id, left < PollInterval ? left : PollInterval, ct);
        }
    }

    /// <summary>Describes a live link. Errors: <c>invalid_token</c>.</summary>
    public async Task<Result<MagicLinkInfoDto>> InspectAsync(string secret, string? browserSecret, CancellationToken ct) =>
        await tokens.FindAsync(TokenPurpose.MagicLink, secret, ct) is { } token && MagicLinkTokens.PayloadOf(token) is { } payload
            ? new MagicLinkInfoDto(
                OneTimeTokens.IsForBrowser(token, browserSecret),
                token.CreatedAtUtc,
                payload.Device,
                payload.IpAddress,
                EmailAddress.Mask(payload.Email),
                OneTimeTokens.IsForBrowser(token, browserSecret) || auth.Value.MagicLink.OtherDevice
            )
            : TokenErrors.InvalidToken;

    private PendingMagicLinkState StateOf(OneTimeToken token) =>
        token switch
        {
            { UsedInBrowser: true } => PendingMagicLinkState.SignedIn,
            { UsedInBrowser: false } => PendingMagicLinkState.UsedElsewhere,
            _ when tokens.IsLive(token) => PendingMagicLinkState.Waiting,
            _ => PendingMagicLinkState.Expired,
        };
}

/// <summary>The state of a request for a sign-in link.</summary>
public enum PendingMagicLinkState
{
    /// <summary>The link has not been used.</summary>
    Waiting,

    /// <summary>This browser used the link or the code; without a session, the second factor is still required.</summary>
    SignedIn,

    /// <summary>Another browser used the link; this one stays signed out.</summary>
    UsedElsewhere,

    /// <summary>The link expired, or a newer one superseded it.</summary>
    Expired,
}

/// <summary>A browser's request for a sign-in link.</summary>
/// <param name="State">Whether the link is still waiting, and where it was used.</param>
/// <param name="Email">The address, masked.</param>
/// <param name="SentAt">When the link was requested (UTC).</param>
/// <param name="CanResendAt">From when another request sends a mail (UTC).</param>
public sealed record PendingMagicLinkDto(PendingMagicLinkState State, string Email, DateTime SentAt, DateTime CanResendAt);

/// <summary>What a sign-in link belongs to.</summary>
/// <param name="SameBrowser">Whether this browser requested it, or none did.</param>
/// <param name="AskedAt">When it was requested (UTC).</param>
/// <param name="Device">The requesting browser and system; null if unknown or none requested it.</param>
/// <param name="IpAddress">The IP address of the request; null if none requested it.</param>
/// <param name="Email">The address, masked.</param>
/// <param name="CanSignIn">Whether this browser may use it.</param>
public sealed record MagicLinkInfoDto(bool SameBrowser, DateTime AskedAt, string? Device, string? IpAddress, string Email, bool CanSignIn);
