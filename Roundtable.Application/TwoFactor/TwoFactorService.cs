using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.TwoFactor;

/// <summary>Turns two-factor sign-in on and off.</summary>
[ScopedService]
public sealed class TwoFactorService(
    IUserRepository users,
    SecondFactor secondFactor,
    TrustedBrowsers trusted,
    TwoFactorNotices notices,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Result<TwoFactorStatus>> GetAsync(CurrentSession caller, CancellationToken ct) =>
        await users.LoadWithCredentialsAsync(caller.UserId, ct) is { Credentials: var c }
            ? new TwoFactorStatus(c.TwoFactorEnabled, c.RecoveryCodes.Count)
            : Errors.Unauthenticated;

    /// <summary>Creates a secret, in force once confirmed. Errors: <c>conflict</c> if two-factor is on.</summary>
    public Task<Result<TwoFactorSetup>> SetUpAsync(CurrentSession caller, CancellationToken ct) =>
        ChangeAsync<TwoFactorSetup>(
            caller,
            user =>
            {
                if (user.Credentials.TwoFactorEnabled)
                {
                    return AccountErrors.TwoFactorOn;
                }

                var secret = secondFactor.NewSecret(user);
                user.Credentials.PrepareTwoFactor(secret.ProtectedSecret, caller.Id);
                notices.Record(AuditActions.TwoFactorPrepared, user);
                return new TwoFactorSetup(secret.Secret, secret.OtpauthUri, secret.QrCodeSvg);
            },
            ct
        );

    /// <summary>
    /// Turns two-factor sign-in on and returns the recovery codes, once; only in the session that started the setup. Errors:
    /// <c>validation_failed</c> for a wrong code, <c>conflict</c>.
    /// </summary>
    public async Task<Result<RecoveryCodes>> ConfirmAsync(CurrentSession caller, string code, CancellationToken ct)
    {
        if (await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } account)
        {
            return Errors.Unauthenticated;
        }

        if (
            account.Credentials is not { TwoFactorEnabled: false, ProtectedTwoFactorSecret: not null } prepared
            || prepared.TwoFactorSetupSessionId != caller.Id
        )
        {
            return account.Credentials.TwoFactorEnabled ? AccountErrors.TwoFactorOn : AccountErrors.TwoFactorOff;
        }

        if (!await secondFactor.TakeCodeAsync(account, code, ct))
        {
            return Errors.Invalid(
                "code",
                new FieldError("wrong_code", "The code is incorrect. Check the clock of your device, and use the newest code.")
            );
        }

        return await ChangeAsync<RecoveryCodes>(
            caller,
            user =>
            {
                if (user.Credentials.TwoFactorEnabled)
                {
                    return AccountErrors.TwoFactorOn;
                }

                if (user.Credentials.TwoFactorSetupSessionId != caller.Id)
                {
                    return AccountErrors.TwoFactorOff;
                }

                var fresh = SecondFactor.NewRecoveryCodes();
                user.Credentials.EnableTwoFactor(fresh.Select(c => SecondFactor.HashRecoveryCode(user.Id, c)), EntityId.New(Now));
                notices.Changed(AuditActions.TwoFactorEnabled, user, MailPhrases.TurnedOn);
                return new RecoveryCodes(fresh);
            },
            ct
        );
    }

    /// <summary>
    /// Replaces the recovery codes if the caller presents the current factor. Errors: <c>conflict</c> if two-factor is off,
    /// <c>two_factor_required</c>, <c>invalid_credentials</c>.
    /// </summary>
    public async Task<Result<RecoveryCodes>> ReplaceRecoveryCodesAsync(CurrentSession caller, PresentFactor shown, CancellationToken ct)
    {
        if (await RefusalAsync(caller, shown, ct) is { } refusal)
        {
            return refusal;
        }

        return await ChangeAsync<RecoveryCodes>(
            caller,
            user =>
            {
                if (!user.Credentials.TwoFactorEnabled)
                {
                    return AccountErrors.TwoFactorOff;
                }

                var fresh = SecondFactor.NewRecoveryCodes();
                user.Credentials.ReplaceRecoveryCodes(fresh.Select(c => SecondFactor.HashRecoveryCode(user.Id, c)), EntityId.New(Now));
                notices.Changed(AuditActions.TwoFactorRecoveryCodesReplaced, user, "new recovery codes created");
                return new RecoveryCodes(fresh);
            },
            ct
        );
    }

    /// <summary>
    /// Turns two-factor sign-in off if the caller presents the current factor, and removes the secret, the codes and the trusted
    /// browsers. Errors: <c>two_factor_required</c>, <c>invalid_credentials</c>.
    /// </summary>
    public async Task<Result> TurnOffAsync(CurrentSession caller, PresentFactor shown, CancellationToken ct) =>
        await RefusalAsync(caller, shown, ct) is { } refusal ? refusal : await TurnOffAsync(caller, ct);

    private Task<Result> TurnOffAsync(CurrentSession caller, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                await trusted.RevokeAsync(caller.UserId, ct);
                return await ChangeAsync<bool>(
                    caller,
                    user =>
                    {
                        if (user.Credentials.TwoFactorEnabled || user.Credentials.ProtectedTwoFactorSecret is not null)
                        {
                            user.Credentials.DisableTwoFactor();
                            notices.Changed(AuditActions.TwoFactorDisabled, user, MailPhrases.TurnedOff);
                        }

                        return true;
                    },
                    ct
                );
            },
            ct
        );

    // A stolen session, even a fresh one, cannot present the factor. If two-factor is off, none is needed.
    private async Task<Error?> RefusalAsync(CurrentSession caller, PresentFactor shown, CancellationToken ct)
    {
        if (await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { Credentials.TwoFactorEnabled: true } user)
        {
            return null;
        }

        return shown switch
        {
            { Code: { } code } => await secondFactor.TakeCodeAsync(user, code, ct) ? null : AccountErrors.InvalidCredentials,
            { RecoveryCode: { } code } => await secondFactor.TakeRecoveryCodeAsync(user, code, ct)
                ? null
                : AccountErrors.InvalidCredentials,
            _ => AccountErrors.TwoFactorRequired,
        };
    }

    private Task<Result<T>> ChangeAsync<T>(CurrentSession caller, Func<User, Result<T>> change, CancellationToken ct) =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                if (await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } user)
                {
                    return Errors.Unauthenticated;
                }

                var result = change(user);
                if (!result.Failed)
                {
                    user.Touch(Now);
                }

                return result;
            },
            ct
        );
}

/// <summary>The second factor, presented again: a code of the authenticator app, or a recovery code, which is consumed.</summary>
public sealed record PresentFactor(string? Code, string? RecoveryCode);

/// <summary>Whether two-factor sign-in is on, and how many recovery codes are left.</summary>
/// <param name="Enabled">Whether signing in requires a second factor.</param>
/// <param name="RecoveryCodesLeft">The number of recovery codes left.</param>
public sealed record TwoFactorStatus(bool Enabled, int RecoveryCodesLeft);

/// <summary>A new secret, in the forms that authenticator apps accept.</summary>
/// <param name="Secret">The secret in Base32, for manual entry.</param>
/// <param name="OtpauthUri">The secret as an <c>otpauth</c> URI, for opening in an app.</param>
/// <param name="QrCodeSvg">The URI as a QR code, an SVG image.</param>
public sealed record TwoFactorSetup(string Secret, string OtpauthUri, string QrCodeSvg);

/// <summary>The recovery codes, shown once.</summary>
/// <param name="Codes">Ten codes; each works once in place of a code of the app.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);
