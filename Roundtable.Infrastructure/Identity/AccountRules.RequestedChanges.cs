using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <content>Reads from the change tracker what a caller of <c>UpdateAsync</c> changed.</content>
internal sealed partial class AccountRules
{
    // Values that record when rather than what, and those with an audit action of their own.
    private static readonly string[] NotNamed =
    [
        nameof(User.Version),
        nameof(User.UpdatedAtUtc),
        nameof(User.NormalizedName),
        nameof(User.LastSeenOrEpochUtc),
        nameof(User.Origin),
        nameof(User.Email),
        nameof(User.NormalizedEmail),
        nameof(User.EmailVerified),
        nameof(User.BannedUntilUtc),
        nameof(User.BanReason),
    ];

    /// <summary>Reads the requested changes, and reverts those that a service makes.</summary>
    private RequestedChanges Revert(User user)
    {
        var (account, credentials) = (Db.Entry(user), Db.Entry(user.Credentials));
        var requested = new RequestedChanges(
            account.Property(u => u.Email).IsModified ? user.Email : null,
            account.Property(u => u.EmailVerified).IsModified ? user.EmailVerified : null,
            user.EmailVerified,
            credentials.Property(c => c.PasswordHash).IsModified,
            user.PasswordHash,
            account.Property(u => u.BannedUntilUtc).IsModified ? user.BannedUntilUtc ?? DateTime.MinValue : LockedUntil(user, credentials),
            user.BanReason,
            credentials.Property(c => c.TwoFactorEnabled).IsModified,
            credentials.Property(c => c.ProtectedTwoFactorSecret).IsModified,
            credentials.Property(c => c.RecoveryCodesSetId).IsModified,
            [
                .. Changed(account)
                    .Concat(Changed(Db.Entry(user.Profile)))
                    .Concat(Further(user))
                    .Select(CamelCase)
                    .Distinct(StringComparer.Ordinal),
            ],
            account.State == EntityState.Modified || credentials.State == EntityState.Modified
        );
        foreach (
            var name in (string[])
                [
                    nameof(User.Email),
                    nameof(User.NormalizedEmail),
                    nameof(User.EmailVerified),
                    nameof(User.BannedUntilUtc),
                    nameof(User.BanReason),
                ]
        )
        {
            Revert(account.Property(name));
        }

        Revert(credentials.Property(c => c.LockedUntilUtc));
        return requested;
    }

    // Only in the future: setting a password ends the lock caused by failed attempts, and nothing else.
    private DateTime? LockedUntil(User user, EntityEntry<Credentials> credentials) =>
        credentials.Property(c => c.LockedUntilUtc).IsModified && user.Credentials.LockedUntilUtc > Now
            ? user.Credentials.LockedUntilUtc
            : null;

    private static void Revert(PropertyEntry property)
    {
        if (property.IsModified)
        {
            property.CurrentValue = property.OriginalValue;
        }
    }

    private static IEnumerable<string> Changed(EntityEntry entry) =>
        entry.Properties.Where(p => p.IsModified && !NotNamed.Contains(p.Metadata.Name)).Select(p => p.Metadata.Name);

    private IEnumerable<string> Further(User user)
    {
        string[] sets =
        [
            Touches<IdentityUserClaim<string>>(c => c.UserId == user.Id) ? "claims" : "",
            Touches<IdentityUserLogin<string>>(l => l.UserId == user.Id) ? "logins" : "",
            Touches<IdentityUserToken<string>>(t => t.UserId == user.Id) ? "tokens" : "",
        ];
        return sets.Where(s => s.Length > 0);
    }

    private bool Touches<TEntity>(Func<TEntity, bool> isTheirs)
        where TEntity : class =>
        Db.ChangeTracker.Entries<TEntity>().Any(e => e.State is not (EntityState.Unchanged or EntityState.Detached) && isTheirs(e.Entity));

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The changes when <c>UpdateAsync</c> was called. Null or false means unchanged.</summary>
    private sealed record RequestedChanges(
        string? Email,
        bool? Verified,
        bool IsVerified,
        bool SetsPassword,
        string? PasswordHash,
        DateTime? BannedUntil,
        string? BanReason,
        bool SwitchesTwoFactor,
        bool ReplacesKey,
        bool ReplacesCodes,
        IReadOnlyList<string> Others,
        bool ChangesRow
    )
    {
        public bool IsChange => ChangesRow || Others.Count > 0;
    }
}
