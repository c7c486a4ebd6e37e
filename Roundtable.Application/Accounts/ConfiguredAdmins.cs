using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Gives role <c>admin</c> to the addresses of <c>Auth:AdminEmails</c>.</summary>
[ScopedService]
public sealed class ConfiguredAdmins(
    ForeignCredentials foreign, IAuditRepository log, IAuditTrail audit, IOptions<AuthOptions> options, TimeProvider clock)
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

    /// <summary>Gives the role at a sign-in by link, or by a credential that nobody but the owner of the address can have set.</summary>
    public async Task GrantAsync(User user, SignInRequest request, CancellationToken ct)
    {
        if (!user.EmailVerified
            || !await IsAwaitedAsync(user, ct)
            || (request.Method != SessionMethod.MagicLink && await foreign.ExistAsync(user, ct)))
        {
            return;
        }

        List<string> before = [.. user.Roles.Select(r => r.RoleName)];
        user.SetRoles(before.Append(Role.AdminName), clock.GetUtcNow().UtcDateTime);
        audit.Record(
            AuditActions.UserRolesChanged,
            AuditTarget.User(user.Id),
            new { granted = Role.AdminName, reason = "Auth:AdminEmails" },
            user,
            new UserRolesChanged(EventUser.Of(user), before));
    }

    private async Task<bool> IsAwaitedAsync(User user, CancellationToken ct) =>
        !user.IsInRole(Role.AdminName)
        && options.Value.AdminEmails.Any(e => EmailAddress.Normalize(e) == user.NormalizedEmail)
        && !await WasDecidedAsync(user, ct);

    // Somebody has changed the roles since the first sign-in: a demotion stands.
    private async Task<bool> WasDecidedAsync(User user, CancellationToken ct)
    {
        if (user.LastSeenOrEpochUtc == User.NeverSeen)
        {
            return false;
        }

        var filter = new AuditFilter(null, user.Id, AuditActions.UserRolesChanged, null, null);
        await using var changes = log.ReadAllAsync(filter, ct).GetAsyncEnumerator(ct);
        return await changes.MoveNextAsync();
    }
}
