using Roundtable.Application.Common;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.TwoFactor;

/// <summary>Finds the user of a pending sign-in and limits the attempts at its second step.</summary>
[ScopedService]
public sealed class TwoFactorChallenges(OneTimeTokens tokens, IUserRepository users, IUnitOfWork unitOfWork)
{
    private const int MaxAttempts = 5;

    /// <summary>
    /// Counts an attempt in a separate transaction, and returns the user with credentials; null for an unknown, expired or used
    /// challenge and from the sixth attempt on.
    /// </summary>
    /// <param name="challenge">The secret of the pending sign-in.</param>
    public async Task<User?> TryAttemptAsync(string? challenge, CancellationToken ct)
    {
        var admitted = await unitOfWork.ExecuteAsync<Result<bool>>(
            async ct => await tokens.TryAttemptAsync(TokenPurpose.TwoFactorChallenge, challenge, MaxAttempts, ct),
            ct
        );
        return admitted.Value && await tokens.FindAsync(TokenPurpose.TwoFactorChallenge, challenge, ct) is { UserId: { } userId }
            ? await users.LoadWithCredentialsAsync(userId, ct)
            : null;
    }

    /// <summary>Consumes the challenge in the current transaction; null if it is no longer valid.</summary>
    public async Task<(User User, TwoFactorChallenge FirstStep)?> RedeemAsync(string? challenge, CancellationToken ct) =>
        await tokens.RedeemAsync(TokenPurpose.TwoFactorChallenge, challenge, ct) is { UserId: { } userId } token
        && OneTimeTokens.Payload<TwoFactorChallenge>(token) is { } first
        && await users.LoadAsync(userId, ct) is { } user
            ? (user, first)
            : null;
}
