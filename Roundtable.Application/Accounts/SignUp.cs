using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Registers accounts with a password. They can sign in once their address is verified.</summary>
[ScopedService]
public sealed class SignUp(
    IUserRepository users,
    IPasswords passwords,
    VerificationMailer verification,
    AccountMailer mailer,
    AccountRecords records,
    OneTimeTokens tokens,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    private const string ThrottleKind = "account-exists";

    /// <summary>
    /// Creates an account and mails a verification link, or tells the owner of the one there is. A registration that nobody completed is
    /// not in the way: the newest sign-up counts. The answer is the same: a secret by which the browser is recognised when the address is
    /// verified. Errors: <c>validation_failed</c> for the password, judged alike whether or not there is an account.
    /// </summary>
    public async Task<Result<string>> RegisterAsync(EmailAddress email, string password, string name, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var candidate = User.Create(email, name, UserOrigin.SelfRegistered, now);
        if (await passwords.CheckAsync(candidate, password, "password") is { } problem)
        {
            return problem;
        }

        // Hashed for nobody too, and outside the transaction: the hash is the slow part, and writers wait for each other.
        candidate.Credentials.SetPassword(await passwords.HashAsync(password, ct), EntityId.New(now));
        return await unitOfWork.ExecuteAsync<Result<string>>(
            async ct =>
            {
                var owner = await users.LoadByEmailAsync(email.Normalized, ct);
                audit.Record(AuditActions.SignUpRequested, owner is null ? AuditTarget.User(candidate.Id) : AuditTarget.User(owner.Id));
                var account = await RegisterAsync(candidate, owner, ct);
                if (account is not null)
                {
                    await unitOfWork.FlushAsync(ct);
                    await verification.SendAsync(account, ct);
                }
                else if (await mailer.TryReserveAsync(ThrottleKind, email, ct))
                {
                    mailer.SendNotice(MailTemplates.AccountExists, owner!, owner!.Email);
                }

                return await tokens.IssueAsync(
                    TokenPurpose.SignUpBrowser,
                    account?.Id,
                    email.Normalized,
                    null,
                    EmailVerification.SignUpBrowserLifetime,
                    ct
                );
            },
            ct
        );
    }

    /// <summary>The account that waits to be verified; null where the address is somebody's.</summary>
    private async Task<User?> RegisterAsync(User candidate, User? owner, CancellationToken ct)
    {
        if (owner is null)
        {
            users.Add(candidate);
            records.Created(candidate, null, candidate);
            return candidate;
        }

        if (!owner.IsUnproven || !owner.IsUnverifiedSignUp || await users.LoadWithCredentialsAsync(owner.Id, ct) is not { } account)
        {
            return null;
        }

        account.Rename(candidate.Name, candidate.CreatedAtUtc);
        account.Credentials.SetPassword(candidate.Credentials.PasswordHash, candidate.Credentials.PasswordSetId);
        return account;
    }
}
