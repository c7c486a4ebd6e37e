using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.TwoFactor;
using Roundtable.Application.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Makes a session fresh again without replacing it.</summary>
[ScopedService]
public sealed class ReauthenticationService(
    IUserRepository users,
    PasswordAttempts attempts,
    SecondFactor secondFactor,
    ISessionRepository sessions,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>Errors: <c>invalid_credentials</c>, <c>two_factor_required</c> if a code is needed and missing.</summary>
    public async Task<Result> RunAsync(CurrentSession caller, string password, string? code, CancellationToken ct)
    {
        var user = await users.LoadWithCredentialsAsync(caller.UserId, ct);
        if (await attempts.VerifyAsync(user, password, ct) == PasswordMatch.No)
        {
            return AccountErrors.InvalidCredentials;
        }

        if (user!.Credentials.TwoFactorEnabled)
        {
            if (string.IsNullOrEmpty(code))
            {
                return AccountErrors.TwoFactorRequired;
            }

            if (!await secondFactor.TakeCodeAsync(user, code, ct))
            {
                return AccountErrors.InvalidCredentials;
            }
        }

        return await unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                await sessions.ReauthenticateAsync(caller.Id, unitOfWork.UtcNow, ct);
                audit.Record(
                    AuditActions.SessionReauthenticated,
                    AuditTarget.Session(caller.Id, caller.UserId),
                    new { userId = caller.UserId }
                );
                return Result.Success;
            },
            ct
        );
    }
}
