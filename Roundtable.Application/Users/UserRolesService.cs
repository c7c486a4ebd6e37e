using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Events;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>Gives and takes roles.</summary>
[ScopedService]
public sealed class UserRolesService(
    AdminGuard guard, RoleGrants grants, UserMailer mailer, IAuditTrail audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>
    /// Replaces a user's roles. Errors: <c>validation_failed</c> for an unknown role, <c>not_found</c>, <c>forbidden</c> for a role or
    /// a user with a permission which the caller lacks, <c>not_on_yourself</c>, <c>last_admin</c>, <c>stale_version</c>.
    /// </summary>
    public Task<Result<UserDto>> SetAsync(
        CurrentSession caller, string id, IReadOnlyCollection<string> names, ExpectedVersions expected, CancellationToken ct) =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var target = await guard.LoadAsync(caller, id, expected, ct);
                if (target.Failed)
                {
                    return target.Error!;
                }

                var user = target.Value;
                var before = user.Roles.Select(r => r.RoleName).Order(StringComparer.Ordinal).ToList();
                if (await RefusalAsync(caller, user, names, ct) is { } refusal)
                {
                    return refusal;
                }

                user.SetRoles(names, clock.GetUtcNow().UtcDateTime);
                var after = user.Roles.Select(r => r.RoleName).Order(StringComparer.Ordinal).ToList();
                audit.Record(AuditActions.UserRolesChanged, AuditTarget.User(id), new { before, after }, raises: new UserRolesChanged(EventUser.Of(user), before));
                mailer.SendFromAdmin(MailTemplates.RolesChanged, user, ("roles", string.Join(", ", after)));
                return await guard.AnswerAsync(user, ct);
            },
            ct);

    private async Task<Error?> RefusalAsync(CurrentSession caller, User user, IReadOnlyCollection<string> names, CancellationToken ct)
    {
        if (await grants.RefusalAsync(caller, user, names, ct) is { } refusal)
        {
            return refusal;
        }

        if (user.Id == caller.UserId && user.Roles.Any(r => r.RoleName != Role.UserName && !names.Contains(r.RoleName)))
        {
            return UserErrors.NotOnYourself;
        }

        return !names.Contains(Role.AdminName) && await guard.IsLastAdminAsync(user, ct) ? UserErrors.LastAdmin : null;
    }
}
