using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Follows up on sign-ins that failed; the caller gets the same answer for all of them.</summary>
[ScopedService]
public sealed class RejectedSignIns(VerificationMailService verification, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>Records the attempt. An unverified account whose password was right gets its verification link again.</summary>
    public async Task RecordAsync(EmailAddress? email, User? user, bool passwordWasRight, CancellationToken ct)
    {
        if (user is not null && passwordWasRight)
        {
            await verification.SendAgainAsync(user.Id, ct);
        }

        await unitOfWork.ExecuteAsync<Result>(
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
}
