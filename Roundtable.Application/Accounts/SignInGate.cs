using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Stands between proof and session: keeps banned users out and asks for the second factor.</summary>
[ScopedService]
public sealed class SignInGate(
    OneTimeTokens tokens,
    IOneTimeTokenRepository stored,
    IUserRepository users,
    IAuditTrail audit,
    TimeProvider clock
)
{
    /// <summary>How long the second step may take.</summary>
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Errors: <c>user_banned</c>.</summary>
    public async Task<Result<Passage>> PassAsync(User user, SignInRequest request, CancellationToken ct)
    {
        if (user.IsBanned(clock.GetUtcNow().UtcDateTime))
        {
            return UserErrors.Banned(user);
        }

        if (request.SecondFactorDone || request.Method == SessionMethod.Passkey || !await users.HasTwoFactorAsync(user.Id, ct))
        {
            return new Passage(null, null);
        }

        var trust = await tokens.FindAsync(TokenPurpose.TrustedBrowser, request.TrustSecret, ct);
        if (trust?.UserId == user.Id)
        {
            return new Passage(null, trust);
        }

        // What ends sessions ends a challenge too, and must find it.
        await users.ClaimAsync(user, ct);
        // A subject of its own: a challenge on one device leaves those on others alone.
        var subject = EntityId.New(clock.GetUtcNow().UtcDateTime);
        var payload = new TwoFactorChallenge(request.Method, request.RememberMe, request.IsNewUser, request.CallbackUrl);
        audit.Record(AuditActions.TwoFactorRequired, AuditTarget.User(user.Id), actor: user);
        return new Passage(
            await tokens.IssueAsync(TokenPurpose.TwoFactorChallenge, user.Id, subject, payload, ChallengeLifetime, ct),
            null
        );
    }

    /// <summary>A trusted browser stays so, and shows with its newest session: ending that ends the trust.</summary>
    public async Task KeepTrustAsync(User user, OneTimeToken? trust, string sessionId, CancellationToken ct)
    {
        if (trust is not null)
        {
            await stored.MoveAsync(trust.Id, user.Id, sessionId, null, ct);
        }
    }
}

/// <summary>How somebody got through the gate, or what stops them.</summary>
/// <param name="Challenge">The secret of the second step; null when it is not needed.</param>
/// <param name="Trust">The trust that made it unnecessary.</param>
public sealed record Passage(string? Challenge, OneTimeToken? Trust);

/// <summary>What the second step remembers of the first.</summary>
public sealed record TwoFactorChallenge(SessionMethod Method, bool RememberMe, bool IsNewUser, string? CallbackUrl);
