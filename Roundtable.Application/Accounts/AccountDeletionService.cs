using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Removes accounts and everything that belongs to them.</summary>
[ScopedService]
public sealed class AccountDeletionService(
    IUserRepository users,
    AdminGuard guard,
    ConfiguredAdmins configured,
    IMailOutbox outbox,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>Removes the caller's account. Errors: <c>last_admin</c>.</summary>
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

    /// <summary>Removes the account, writes an audit entry and mails its owner a last notice, in the current transaction.</summary>
    public async Task RemoveAsync(User user, CancellationToken ct)
    {
        await configured.CloseAsync(user, ct);
        audit.Record(AuditActions.UserDeleted, AuditTarget.User(user.Id), new { user.Email }, raises: new UserDeleted(EventUser.Of(user)));
        await users.RemoveAsync(user, ct);

        // Not linked to the account, with which it would be deleted.
        outbox.Enqueue(new Mail(MailTemplates.AccountDeleted, user.Email, null, MailValues.FromAdmin(user), user.Profile.Locale));
    }
}
