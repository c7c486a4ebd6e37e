using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <content>What follows a change of the second factor, or of passkeys.</content>
internal sealed partial class AccountRules
{
    /// <summary>
    /// Whether the code is right; tried in a scope of its own, so that what this one has loaded and changed stays as it is.
    /// </summary>
    public Task<bool> TakeCodeAsync(User user, string code) =>
        InOwnScopeAsync<SecondFactor, bool>(f => f.TakeCodeAsync(user, code, CancellationToken.None));

    /// <inheritdoc cref="TakeCodeAsync"/>
    public Task<bool> TakeRecoveryCodeAsync(User user, string code) =>
        InOwnScopeAsync<SecondFactor, bool>(f => f.TakeRecoveryCodeAsync(user, code, CancellationToken.None));

    /// <summary>Whether it is the user's password. Counted before it is checked, as at a sign-in.</summary>
    public Task<bool> TryPasswordAsync(User user, string password) =>
        InOwnScopeAsync<PasswordAttempts, bool>(async a => await a.VerifyAsync(user, password, CancellationToken.None) != PasswordMatch.No);

    private async Task FollowTwoFactorAsync(User user, Wanted wanted, CancellationToken ct)
    {
        var notices = Get<TwoFactorNotices>();
        if (wanted is { SwitchesTwoFactor: false, ReplacesKey: true } && !user.TwoFactorEnabled)
        {
            notices.Record(AuditActions.TwoFactorPrepared, user);
        }
        else if (wanted.SwitchesTwoFactor || wanted.ReplacesKey)
        {
            await Get<TrustedBrowsers>().ForgetAsync(user.Id, ct);
            if (user.TwoFactorEnabled)
            {
                user.Credentials.SwitchTwoFactor(true, EntityId.New(Now));
            }

            var (action, change) = (user.TwoFactorEnabled, wanted.SwitchesTwoFactor) switch
            {
                (false, _) => (AuditActions.TwoFactorDisabled, "turned off"),
                (_, true) => (AuditActions.TwoFactorEnabled, "turned on"),
                _ => (AuditActions.TwoFactorEnabled, "another authenticator app"),
            };
            notices.Tell(action, user, change);
        }

        if (wanted.ReplacesCodes && user.TwoFactorEnabled)
        {
            notices.Tell(AuditActions.TwoFactorRecoveryCodesReplaced, user, "new recovery codes made");
        }
    }

    private void FollowPasskeys(User user)
    {
        foreach (var passkey in Db.ChangeTracker.Entries<Passkey>().Where(p => p.Entity.UserId == user.Id).ToList())
        {
            if (passkey.State == EntityState.Added)
            {
                Get<PasskeyNotices>().Tell(AuditActions.PasskeyAdded, user, passkey.Entity, "added");
            }
            else if (passkey.State == EntityState.Deleted)
            {
                Get<PasskeyNotices>().Tell(AuditActions.PasskeyRemoved, user, passkey.Entity, "removed");
            }
        }
    }
}
