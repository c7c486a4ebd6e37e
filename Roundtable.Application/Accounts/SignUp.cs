using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Registers accounts with a password. They can sign in once their address is verified.</summary>
[ScopedService]
public sealed class SignUp(
    IUserRepository users, IPasswords passwords, VerificationMailer verification, AccountMailer mailer, AccountRecords records, IAuditTrail audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    private const string ThrottleKind = "account-exists";

    /// <summary>
    /// Makes an account and mails a verification link, or tells the owner of the one there is. The answer is the same.
    /// Errors: <c>validation_failed</c> for the password, judged alike whether or not there is an account.
    /// </summary>
    public async Task<Result> RegisterAsync(EmailAddress email, string password, string name, CancellationToken ct)
    {
        var candidate = User.Create(email, name, UserOrigin.SelfRegistered, clock.GetUtcNow().UtcDateTime);
        if (await passwords.CheckAsync(candidate, password, "password") is { } problem)
        {
            return problem;
        }

        // Hashed for nobody too, and outside the transaction: the hash is the slow part, and writers wait for each other.
        candidate.Credentials.SetPassword(await passwords.HashAsync(password, ct));
        return await unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var owner = await users.LoadByEmailAsync(email.Normalized, ct);
                audit.Record(AuditActions.SignUpRequested, owner is null ? AuditTarget.User(candidate.Id) : AuditTarget.User(owner.Id));
                if (owner is null)
                {
                    users.Add(candidate);
                    await records.CreatedAsync(candidate, null, candidate, ct);
                    await unitOfWork.FlushAsync(ct);
                    await verification.SendAsync(candidate, ct);
                }
                else if (await mailer.TryReserveAsync(ThrottleKind, email, ct))
                {
                    mailer.SendNotice(MailTemplates.AccountExists, owner, owner.Email);
                }

                return Result.Success;
            },
            ct);
    }
}
