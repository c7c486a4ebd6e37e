using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.SignIn;

/// <summary>Applies the sign-in policy before a session opens: rejects banned users and requires the second factor.</summary>
[ScopedService]
public sealed class SignInPolicy(
    OneTimeTokens tokens,
    IOneTimeTokenRepository stored,
    IUserRepository users,
    ConfiguredAdmins admins,
    IAuditTrail audit,
    TimeProvider clock
)
{
    /// <summary>The time limit of the second step.</summary>
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Grants the role of <c>Auth:AdminEmails</c> to a user who has passed, in the current transaction.</summary>
    public Task GrantConfiguredRoleAsync(User user, SignInRequest request, CancellationToken ct) =>
        admins.GrantAsync(user, byMailedLink: request is { Method: SessionMethod.MagicLink, ByCode: false }, ct);

    /// <summary>Errors: <c>user_banned</c>.</summary>
    public async Task<Result<SignInPolicyResult>> EvaluateAsync(User user, SignInRequest request, CancellationToken ct)
    {
        if (user.IsBanned(clock.GetUtcNow().UtcDateTime))
        {
            return UserErrors.Banned(user);
        }

        if (request.SecondFactorDone || request.Method == SessionMethod.Passkey || !await users.HasTwoFactorAsync(user.Id, ct))
        {
            return new SignInPolicyResult(null, null);
        }

        var trust = await tokens.FindAsync(TokenPurpose.TrustedBrowser, request.TrustSecret, ct);
        if (trust?.UserId == user.Id)
        {
            return new SignInPolicyResult(null, trust);
        }

        // Revoking sessions also revokes the challenge, so it must find it.
        await users.ClaimAsync(user, ct);
        // A unique subject: a challenge on one device does not supersede those on others.
        var subject = EntityId.New(clock.GetUtcNow().UtcDateTime);
        var payload = new TwoFactorChallenge(
            request.Method,
            request.RememberMe,
            request.IsNewUser,
            request.CallbackUrl,
            request.Provider,
            request.Since
        );
        audit.Record(AuditActions.TwoFactorRequired, AuditTarget.User(user.Id), actor: user);
        return new SignInPolicyResult(
            await tokens.IssueAsync(TokenPurpose.TwoFactorChallenge, user.Id, subject, payload, ChallengeLifetime, ct),
            null
        );
    }

    /// <summary>Keeps the browser trusted and ties the trust to its newest session: ending that ends the trust.</summary>
    public async Task KeepTrustAsync(User user, OneTimeToken? trust, string sessionId, CancellationToken ct)
    {
        if (trust is not null)
        {
            await stored.MoveAsync(trust.Id, user.Id, sessionId, null, ct);
        }
    }
}

/// <summary>The result of the policy: admission, or a required second step.</summary>
/// <param name="Challenge">The secret of the second step; null if it is not required.</param>
/// <param name="Trust">The trust that made it unnecessary.</param>
public sealed record SignInPolicyResult(string? Challenge, OneTimeToken? Trust);

/// <summary>The state of the first step, for the second.</summary>
public sealed record TwoFactorChallenge(
    SessionMethod Method,
    bool RememberMe,
    bool IsNewUser,
    string? CallbackUrl,
    string? Provider = null,
    string? Since = null
);
