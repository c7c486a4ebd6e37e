using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.MagicLinks;

/// <summary>Finds the request that a link or a code belongs to, and consumes it.</summary>
[ScopedService]
public sealed class MagicLinkTokens(
    OneTimeTokens tokens,
    KnownBrowsers browsers,
    IThrottle throttle,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    IOptions<AuthOptions> options
)
{
    private const string CodeKind = "magic-link-code";
    private const int AttemptsPerRequest = 5;
    private const int AttemptsPerAddress = 20;

    private static readonly TimeSpan AttemptsWindow = TimeSpan.FromHours(1);

    /// <summary>
    /// Finds a live link. Errors: <c>invalid_token</c>, <c>other_browser</c> if it may be used in the requesting browser only.
    /// </summary>
    public async Task<Result<FoundMagicLink>> FindAsync(string secret, string? browserSecret, CancellationToken ct)
    {
        if (await tokens.FindAsync(TokenPurpose.MagicLink, secret, ct) is not { } token || PayloadOf(token) is not { } payload)
        {
            return TokenErrors.InvalidToken;
        }

        var inBrowser = OneTimeTokens.IsForBrowser(token, browserSecret);
        return inBrowser || options.Value.MagicLink.OtherDevice
            ? new FoundMagicLink(token, payload, inBrowser, "link")
            : MagicLinkErrors.OtherBrowser;
    }

    /// <summary>
    /// Finds the request of this browser if the code is its own. Each attempt is counted before the code is compared: five a request,
    /// and twenty an hour for an address whose account does not know the browser. Errors: <c>invalid_token</c>.
    /// </summary>
    public async Task<Result<FoundMagicLink>> FindByCodeAsync(string code, string? browserSecret, CancellationToken ct)
    {
        if (
            await tokens.FindRequestAsync(browserSecret, ct) is not { Purpose: TokenPurpose.MagicLink } token
            || PayloadOf(token) is not { } payload
            || !EmailAddress.TryParse(payload.Email, out var email)
        )
        {
            return TokenErrors.InvalidToken;
        }

        // A request over the address's limit has another subject: it was not mailed, so no code is its own.
        var isCounted = await unitOfWork.ExecuteStatementAsync(ct => tokens.TryCodeAttemptAsync(token, AttemptsPerRequest, ct), ct);
        if (
            isCounted is { Failed: false, Value: true }
            && await IsWithinLimitAsync(email, ct)
            && token.Subject == email.Normalized
            && OneTimeTokens.IsCodeOf(token, browserSecret!, code)
        )
        {
            return new FoundMagicLink(token, payload, InBrowser: true, "code");
        }

        await RecordFailureAsync(token, email, ct);
        return TokenErrors.InvalidToken;
    }

    /// <summary>Consumes the request in the current transaction; returns false if it is no longer live.</summary>
    public Task<bool> ConsumeAsync(FoundMagicLink link, CancellationToken ct) => tokens.ConsumeAsync(link.Token, link.InBrowser, ct);

    internal static MagicLinkPayload? PayloadOf(OneTimeToken token) => OneTimeTokens.Payload<MagicLinkPayload>(token);

    private async Task<bool> IsWithinLimitAsync(EmailAddress email, CancellationToken ct) =>
        await browsers.IsKnownAsync(email.Normalized, ct)
        || await throttle.TryHitAsync(CodeKind, email.Normalized, AttemptsPerAddress, AttemptsWindow, ct);

    private Task RecordFailureAsync(OneTimeToken token, EmailAddress email, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            ct =>
            {
                var target = token.UserId is { } id ? AuditTarget.User(id) : AuditTarget.Email(email);
                audit.Record(AuditActions.SignInFailed, target, new { method = "magicLinkCode" });
                return Task.FromResult(Result.Success);
            },
            ct
        );
}

/// <summary>A live request for a link.</summary>
/// <param name="InBrowser">Whether the requesting browser uses it, or none requested it.</param>
/// <param name="By">What the user presented: <c>link</c> or <c>code</c>.</param>
public sealed record FoundMagicLink(OneTimeToken Token, MagicLinkPayload Payload, bool InBrowser, string By);
