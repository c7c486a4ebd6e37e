using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;

namespace Roundtable.Application.Email;

/// <summary>Sends an admin a mail by the way that all mails go, to test it.</summary>
[ScopedService]
public sealed class TestMailService(IUserRepository users, UserMailer mailer, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>Queues a mail to the caller's own address.</summary>
    public Task<Result> SendAsync(CurrentSession caller, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await users.LoadAsync(caller.UserId, ct) is not { } user)
                {
                    return Errors.Unauthenticated;
                }

                mailer.Send(MailTemplates.Test, user);
                audit.Record(AuditActions.EmailTested, AuditTarget.User(user.Id));
                return Result.Success;
            },
            ct
        );
}
