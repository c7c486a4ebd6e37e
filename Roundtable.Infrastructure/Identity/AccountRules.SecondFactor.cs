using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Audit;
using Roundtable.Application.Email;
using Roundtable.Application.Passkeys;
using Roundtable.Application.Passwords;
using Roundtable.Application.Sessions;
using Roundtable.Application.TwoFactor;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <content>Applies the rules that follow from a change of the second factor or of passkeys.</content>
internal sealed partial class AccountRules
{
    /// <summary>
    /// Returns whether the code is valid. Runs in its own scope, so that what this scope has loaded and changed stays as it is.
    /// </summary>
    public Task<bool> TakeCodeAsync(User user, string code) =>
        InOwnScopeAsync<SecondFactor, bool>(f => f.TakeCodeAsync(user, code, CancellationToken.None));

    /// <inheritdoc cref="TakeCodeAsync"/>
    public Task<bool> TakeRecoveryCodeAsync(User user, string code) =>
        InOwnScopeAsync<SecondFactor, bool>(f => f.TakeRecoveryCodeAsync(user, code, CancellationToken.None));

    /// <summary>Returns whether the password is the user's. The attempt is counted before the check, as at sign-in.</summary>
    public Task<bool> TryPasswordAsync(User user, string password) =>
        InOwnScopeAsync<PasswordAttempts, bool>(async a => await a.VerifyAsync(user, password, CancellationToken.None) != PasswordMatch.No);

    private async Task FollowTwoFactorAsync(User user, RequestedChanges requested, CancellationToken ct)
    {
        var notices = Get<TwoFactorNotices>();
        if (requested is { SwitchesTwoFactor: false, ReplacesKey: true } && !user.TwoFactorEnabled)
        {
            notices.Record(AuditActions.TwoFactorPrepared, user);
        }
        else if (requested.SwitchesTwoFactor || requested.ReplacesKey)
        {
            await Get<TrustedBrowsers>().RevokeAsync(user.Id, ct);
            if (user.TwoFactorEnabled)
            {
                user.Credentials.SwitchTwoFactor(true, EntityId.New(Now));
            }

            var (action, change) = (user.TwoFactorEnabled, requested.SwitchesTwoFactor) switch
            {
                (false, _) => (AuditActions.TwoFactorDisabled, MailPhrases.TurnedOff),
                (_, true) => (AuditActions.TwoFactorEnabled, MailPhrases.TurnedOn),
                _ => (AuditActions.TwoFactorEnabled, MailPhrases.OtherAuthenticator),
            };
            notices.Changed(action, user, change);
        }

        if (requested.ReplacesCodes && user.TwoFactorEnabled)
        {
            notices.Changed(AuditActions.TwoFactorRecoveryCodesReplaced, user, MailPhrases.NewRecoveryCodes);
        }
    }

    private void FollowPasskeys(User user)
    {
        foreach (var passkey in Db.ChangeTracker.Entries<Passkey>().Where(p => p.Entity.UserId == user.Id).ToList())
        {
            if (passkey.State == EntityState.Added)
            {
                Get<PasskeyNotices>().Changed(AuditActions.PasskeyAdded, user, passkey.Entity, MailPhrases.Added);
            }
            else if (passkey.State == EntityState.Deleted)
            {
                Get<PasskeyNotices>().Changed(AuditActions.PasskeyRemoved, user, passkey.Entity, MailPhrases.Removed);
            }
        }
    }
}
