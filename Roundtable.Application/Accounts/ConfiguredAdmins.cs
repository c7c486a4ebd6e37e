using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>
/// Gives role <c>admin</c> to the addresses of <c>Auth:AdminEmails</c>, once an address: a later demotion or deletion stands.
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
    /// The mailbox was proved: removes what others have set, so that nobody but its owner comes in once the role is given. Before the
    /// second factor is asked for, which may be others' too.
    /// </summary>
    public async Task PrepareAsync(User user, CancellationToken ct)
    {
        if (await IsAwaitedAsync(user, ct))
        {
            await foreign.RemoveAsync(user, user, ct);
        }
    }

    /// <summary>
    /// Gives the role at a sign-in by link, or by a credential that nobody but the owner of the address can have set. Within the
    /// transaction of the sign-in.
    /// </summary>
    public async Task GrantAsync(User user, SignInRequest request, CancellationToken ct)
    {
        if (
            !IsListed(user)
            || !user.EmailVerified
            || ((request.ByCode || request.Method != SessionMethod.MagicLink) && await foreign.ExistAsync(user, ct))
            || await grants.ExistsAsync(user.NormalizedEmail, ct)
        )
        {
            return;
        }

        // Also where the role was given by hand before: a later demotion or deletion of that one stands too.
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
    /// The account loses the role or its address, or goes: whoever gave it the role, its address does not get it anew. Before the change,
    /// within its transaction.
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

    // Accounts that are older than the record of grants: somebody has changed their roles since.
    private async Task<bool> WasDecidedAsync(User user, CancellationToken ct) =>
        user.LastSeenOrEpochUtc != User.NeverSeen
        && await log.AnyAsync(new AuditFilter(null, user.Id, AuditActions.UserRolesChanged, null, null), ct);
}
