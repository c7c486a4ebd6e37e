using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Events;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Removes accounts with all that hangs on them.</summary>
[ScopedService]
public sealed class AccountDeletion(
    IUserRepository users,
    AdminGuard guard,
    ConfiguredAdmins configured,
    IMailOutbox outbox,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>The caller's own account. Errors: <c>last_admin</c>.</summary>
    public Task<Result> DeleteOwnAsync(CurrentSession caller, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await users.LoadAsync(caller.UserId, ct) is not { } user)
                {
                    return Errors.Unauthenticated;
                }

                if (await guard.IsLastAdminAsync(user, ct))
                {
                    return UserErrors.LastAdmin;
                }

                await RemoveAsync(user, ct);
                return Result.Success;
            },
            ct
        );

    /// <summary>Within the running transaction: the account goes, the audit log says so, and a last mail tells its owner.</summary>
    public async Task RemoveAsync(User user, CancellationToken ct)
    {
        await configured.CloseAsync(user, ct);
        audit.Record(AuditActions.UserDeleted, AuditTarget.User(user.Id), new { user.Email }, raises: new UserDeleted(EventUser.Of(user)));
        await users.RemoveAsync(user, ct);

        // Not tied to the account, with which it would go.
        outbox.Enqueue(new Mail(MailTemplates.AccountDeleted, user.Email, null, MailValues.FromAdmin(user), user.Profile.Locale));
    }
}
