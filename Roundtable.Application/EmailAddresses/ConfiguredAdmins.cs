using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>
/// Grants role <c>admin</c> to the addresses of <c>Auth:AdminEmails</c>, once per address: a later demotion or deletion stands.
/// </summary>
[ScopedService]
public sealed class ConfiguredAdmins(
    IAdminGrantRepository grants,
    ForeignCredentials foreign,
    IAuditRepository log,
    IAuditTrail audit,
    IOptions<AuthOptions> options,
    TimeProvider clock
)
{
    /// <summary>
    /// Once the mailbox is proved, removes what others have set, so that only its owner can sign in after the role is granted. Call
    /// before the second factor is required, which others may have set too.
    /// </summary>
    public async Task PrepareAsync(User user, CancellationToken ct)
    {
        if (await IsAwaitedAsync(user, ct))
        {
            await foreign.RemoveAsync(user, user, ct);
        }
    }

    /// <summary>
    /// Grants the role at a sign-in by link, or by a credential that only the owner of the address can have set. Call within the
    /// sign-in's transaction.
    /// </summary>
    /// <param name="byMailedLink">Whether the user signs in by a link from the mailbox.</param>
    public async Task GrantAsync(User user, bool byMailedLink, CancellationToken ct)
    {
        if (
            !IsListed(user)
            || !user.EmailVerified
            || (!byMailedLink && await foreign.ExistAsync(user, ct))
            || await grants.ExistsAsync(user.NormalizedEmail, ct)
        )
        {
            return;
        }

        // Also recorded if the role was granted manually before: a later demotion or deletion then stands too.
        var now = clock.GetUtcNow().UtcDateTime;
        grants.Add(user.NormalizedEmail, now);
        if (user.IsInRole(Role.AdminName) || await WasDecidedAsync(user, ct))
        {
            return;
        }

        List<string> before = [.. user.Roles.Select(r => r.RoleName)];
        user.SetRoles(before.Append(Role.AdminName), now);
        audit.Record(
            AuditActions.UserRolesChanged,
            AuditTarget.User(user.Id),
            new { granted = Role.AdminName, reason = "Auth:AdminEmails" },
            user,
            new UserRolesChanged(EventUser.Of(user), before)
        );
    }

    /// <summary>
    /// Prevents another grant to the address when the account loses the role or its address, or is deleted, no matter who granted the
    /// role. Call before the change, within its transaction.
    /// </summary>
    public async Task CloseAsync(User user, CancellationToken ct)
    {
        if (
            IsListed(user)
            && (user.IsInRole(Role.AdminName) || await WasDecidedAsync(user, ct))
            && !await grants.ExistsAsync(user.NormalizedEmail, ct)
        )
        {
            grants.Add(user.NormalizedEmail, clock.GetUtcNow().UtcDateTime);
        }
    }

    private bool IsListed(User user) => options.Value.AdminEmails.Any(e => EmailAddress.Normalize(e) == user.NormalizedEmail);

    private async Task<bool> IsAwaitedAsync(User user, CancellationToken ct) =>
        IsListed(user)
        && !user.IsInRole(Role.AdminName)
        && !await grants.ExistsAsync(user.NormalizedEmail, ct)
        && !await WasDecidedAsync(user, ct);

    // For accounts older than the grant records: whether their roles have been changed since.
    private async Task<bool> WasDecidedAsync(User user, CancellationToken ct) =>
        user.LastSeenOrEpochUtc != User.NeverSeen
        && await log.AnyAsync(new AuditFilter(null, user.Id, AuditActions.UserRolesChanged, null, null), ct);
}
