using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Turns two-factor sign-in on and off.</summary>
[ScopedService]
public sealed class TwoFactorService(
    IUserRepository users, SecondFactor secondFactor, TrustedBrowsers trusted, TwoFactorNotices notices, IUnitOfWork unitOfWork, TimeProvider clock)
{
    public async Task<Result<TwoFactorStatus>> GetAsync(CurrentSession caller, CancellationToken ct) =>
        await users.LoadWithCredentialsAsync(caller.UserId, ct) is { Credentials: var c }
            ? new TwoFactorStatus(c.TwoFactorEnabled, c.RecoveryCodes.Count)
            : Errors.Unauthenticated;

    /// <summary>A new secret, in force once confirmed. Errors: <c>conflict</c> when two-factor is on.</summary>
    public Task<Result<TwoFactorSetup>> SetUpAsync(CurrentSession caller, CancellationToken ct) => ChangeAsync<TwoFactorSetup>(
        caller,
        user =>
        {
            if (user.Credentials.TwoFactorEnabled)
            {
                return AccountErrors.TwoFactorOn;
            }

            var secret = secondFactor.NewSecret(user);
            user.Credentials.PrepareTwoFactor(secret.ProtectedSecret);
            notices.Record(AuditActions.TwoFactorPrepared, user);
            return new TwoFactorSetup(secret.Secret, secret.OtpauthUri, secret.QrCodeSvg);
        },
        ct);

    /// <summary>Turns it on and gives the recovery codes, once. Errors: <c>validation_failed</c> for a wrong code, <c>conflict</c>.</summary>
    public async Task<Result<RecoveryCodes>> ConfirmAsync(CurrentSession caller, string code, CancellationToken ct)
    {
        if (await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } account)
        {
            return Errors.Unauthenticated;
        }

        if (account.Credentials is not { TwoFactorEnabled: false, ProtectedTwoFactorSecret: not null })
        {
            return account.Credentials.TwoFactorEnabled ? AccountErrors.TwoFactorOn : AccountErrors.TwoFactorOff;
        }

        if (!await secondFactor.TakeCodeAsync(account, code, ct))
        {
            return Errors.Invalid("code", "The code is not right. Check the clock of your device, and use the newest code.");
        }

        return await ChangeAsync<RecoveryCodes>(
            caller,
            user =>
            {
                if (user.Credentials.TwoFactorEnabled)
                {
                    return AccountErrors.TwoFactorOn;
                }

                var fresh = SecondFactor.NewRecoveryCodes();
                user.Credentials.EnableTwoFactor(fresh.Select(c => SecondFactor.HashRecoveryCode(user.Id, c)));
                notices.Tell(AuditActions.TwoFactorEnabled, user, "turned on");
                return new RecoveryCodes(fresh);
            },
            ct);
    }

    /// <summary>New codes in the place of the old ones. Errors: <c>conflict</c> when two-factor is off.</summary>
    public Task<Result<RecoveryCodes>> ReplaceRecoveryCodesAsync(CurrentSession caller, CancellationToken ct) => ChangeAsync<RecoveryCodes>(
        caller,
        user =>
        {
            if (!user.Credentials.TwoFactorEnabled)
            {
                return AccountErrors.TwoFactorOff;
            }

            var fresh = SecondFactor.NewRecoveryCodes();
            user.Credentials.ReplaceRecoveryCodes(fresh.Select(c => SecondFactor.HashRecoveryCode(user.Id, c)));
            notices.Tell(AuditActions.TwoFactorRecoveryCodesReplaced, user, "new recovery codes made");
            return new RecoveryCodes(fresh);
        },
        ct);

    /// <summary>Turns it off, and forgets the secret, the codes and which browsers were trusted.</summary>
    public Task<Result> TurnOffAsync(CurrentSession caller, CancellationToken ct) => unitOfWork.ExecuteAsync<Result>(
        async ct =>
        {
            await trusted.RevokeAllAsync(caller.UserId, null, ct);
            return await ChangeAsync<bool>(
                caller,
                user =>
                {
                    if (user.Credentials.TwoFactorEnabled || user.Credentials.ProtectedTwoFactorSecret is not null)
                    {
                        user.Credentials.DisableTwoFactor();
                        notices.Tell(AuditActions.TwoFactorDisabled, user, "turned off");
                    }

                    return true;
                },
                ct);
        },
        ct);

    private Task<Result<T>> ChangeAsync<T>(CurrentSession caller, Func<User, Result<T>> change, CancellationToken ct) => unitOfWork.ExecuteAsync(
        async ct =>
        {
            if (await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } user)
            {
                return Errors.Unauthenticated;
            }

            var result = change(user);
            if (!result.Failed)
            {
                user.Touch(clock.GetUtcNow().UtcDateTime);
            }

            return result;
        },
        ct);
}

/// <summary>Whether two-factor sign-in is on, and how many recovery codes are left.</summary>
public sealed record TwoFactorStatus(bool Enabled, int RecoveryCodesLeft);

/// <summary>A new secret in the forms that people put into an authenticator app.</summary>
public sealed record TwoFactorSetup(string Secret, string OtpauthUri, string QrCodeSvg);

/// <summary>The recovery codes, shown once.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);
