using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Administration;

/// <summary>Grants and revokes roles.</summary>
[ScopedService]
public sealed class UserRolesService(
    AdminGuard guard,
    ConfiguredAdmins configured,
    UserMailer mailer,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Replaces a user's roles. Errors: <c>validation_failed</c> for an unknown role, <c>not_found</c>, <c>forbidden</c> for a role
    /// or a user with a permission that the caller lacks, <c>not_on_yourself</c>, <c>last_admin</c>, <c>stale_version</c>.
    /// </summary>
    public Task<Result<UserDto>> SetAsync(
        Caller caller,
        string id,
        IReadOnlyCollection<string> names,
        ExpectedVersions expected,
        CancellationToken ct
    ) =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var target = await guard.LoadAsync(caller, id, expected, ct);
                if (target.Failed)
                {
                    return target.Error!;
                }

                var user = target.Value;
                var refusal = await RefusalAsync(caller, user, names, ct) ?? await ReplaceAsync(user, names, ct);
                return refusal is not null ? refusal : await guard.AnswerAsync(user, ct);
            },
            ct
        );

    /// <summary>Sets roles in the running transaction for any caller, audits and queues a notice. Errors: <c>last_admin</c>.</summary>
    public async Task<Error?> ReplaceAsync(User user, IReadOnlyCollection<string> names, CancellationToken ct)
    {
        if (!names.Contains(Role.AdminName))
        {
            if (await guard.IsLastAdminAsync(user, ct))
            {
                return UserErrors.LastAdmin;
            }

            await configured.CloseAsync(user, ct);
        }

        var before = SortedRoles(user);
        user.SetRoles(names, unitOfWork.UtcNow);
        var after = SortedRoles(user);
        audit.Record(
            AuditActions.UserRolesChanged,
            AuditTarget.User(user.Id),
            new { before, after },
            raises: new UserRolesChanged(EventUser.Of(user), before)
        );
        mailer.SendFromAdmin(MailTemplates.RolesChanged, user, ("roles", string.Join(", ", after)));
        return null;
    }

    private static List<string> SortedRoles(User user) => [.. user.Roles.Select(r => r.RoleName).Order(StringComparer.Ordinal)];

    private async Task<Error?> RefusalAsync(Caller caller, User user, IReadOnlyCollection<string> names, CancellationToken ct)
    {
        if (await guard.GrantRefusalAsync(caller, user, names, ct) is { } refusal)
        {
            return refusal;
        }

        return user.Id == caller.PrincipalId && user.Roles.Any(r => r.RoleName != Role.UserName && !names.Contains(r.RoleName))
            ? UserErrors.NotOnYourself
            : null;
    }
}
