using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Gives role <c>admin</c> to the addresses of <c>Auth:AdminEmails</c>, once an address: a later demotion or deletion stands.</summary>
[ScopedService]
public sealed class ConfiguredAdmins(IAdminGrantRepository grants, IAuditRepository log, IAuditTrail audit, IOptions<AuthOptions> options, TimeProvider clock)
{
    /// <summary>Within the transaction of a sign-in.</summary>
    public async Task GrantAsync(User user, SignInRequest request, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!IsListed(user) || !ShowsOwner(user, request) || !await grants.TryAddAsync(user.NormalizedEmail, now, ct)
            || user.IsInRole(Role.AdminName) || await WasDecidedAsync(user, ct))
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
            new UserRolesChanged(EventUser.Of(user), before));
    }

    private bool IsListed(User user) => options.Value.AdminEmails.Any(e => EmailAddress.Normalize(e) == user.NormalizedEmail);

    // A password of an account that somebody else made proves nothing about the address.
    private static bool ShowsOwner(User user, SignInRequest request) =>
        user.EmailVerified && (request.Method == SessionMethod.MagicLink || user.Origin == UserOrigin.SelfRegistered);

    // Accounts that are older than the record of grants: somebody has changed their roles since.
    private async Task<bool> WasDecidedAsync(User user, CancellationToken ct) => user.LastSeenOrEpochUtc != User.NeverSeen
        && await log.AnyAsync(new AuditFilter(null, user.Id, AuditActions.UserRolesChanged, null, null), ct);
}
