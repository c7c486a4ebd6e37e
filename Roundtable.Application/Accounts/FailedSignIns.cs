using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Records failed attempts; the caller gets the same answer for all of them.</summary>
[ScopedService]
public sealed class FailedSignIns(IAuditTrail audit, IUnitOfWork unitOfWork)
{
    public Task RecordAsync(EmailAddress? email, User? user, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            _ =>
            {
                if (email is not null)
                {
                    audit.Record(AuditActions.SignInFailed, user is null ? AuditTarget.Email(email) : AuditTarget.User(user.Id));
                }

                return Task.FromResult(Result.Success);
            },
            ct
        );
}
