using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Administration;

/// <summary>Creates the first admin, for an operator who can run commands on the server.</summary>
[ScopedService]
public sealed class AdminBootstrap(
    IUserRepository users,
    ForeignCredentials foreign,
    AccountRegistry accounts,
    MagicLinkMailer links,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Creates or promotes the account, and returns a single-use sign-in link. Credentials that others have set on it are removed.
    /// </summary>
    public Task<Result<string>> CreateAsync(EmailAddress email, string? name, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<string>>(
            async ct =>
            {
                var now = unitOfWork.UtcNow;
                var user = await users.LoadByEmailAsync(email.Normalized, ct);
                if (user is null)
                {
                    user = User.Create(email, name, UserOrigin.CreatedByAdmin, now);
                    accounts.Add(user, new { by = "create-admin" }, null);
                }
                else if (await foreign.RemoveAsync(user, null, ct))
                {
                    user.Adopt(now);
                }

                List<string> before = [.. user.Roles.Select(r => r.RoleName)];
                user.SetRoles(before.Append(Role.AdminName), now);
                audit.Record(
                    AuditActions.UserRolesChanged,
                    AuditTarget.User(user.Id),
                    new { granted = Role.AdminName, by = "create-admin" },
                    raises: new UserRolesChanged(EventUser.Of(user), before)
                );
                await unitOfWork.FlushAsync(ct);

                return await links.CreateInvitationAsync(email, user, ct);
            },
            ct
        );
}
