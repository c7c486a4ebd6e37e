using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Registers accounts with a password. They can sign in once their address is verified.</summary>
[ScopedService]
public sealed class SignUpService(
    IUserRepository users,
    IPasswords passwords,
    AccountRegistry accounts,
    SignUpMailer mailer,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Creates an account and mails a verification link, or notifies the owner of the existing account. A new sign-up replaces a
    /// registration that was never completed. The answer is the same: a secret that identifies the browser when the address is
    /// verified. Errors: <c>validation_failed</c> for the password, checked alike whether or not the account exists.
    /// </summary>
    public async Task<Result<string>> RegisterAsync(EmailAddress email, string password, string name, CancellationToken ct)
    {
        var now = unitOfWork.UtcNow;
        var candidate = User.Create(email, name, UserOrigin.SelfRegistered, now);
        if (await passwords.CheckAsync(candidate, password, "password") is { } problem)
        {
            return problem;
        }

        // Hashes even if the account exists, and outside the transaction: hashing is the slow part, and writers wait for each other.
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
                }

                return await mailer.SendAsync(email, account, owner, ct);
            },
            ct
        );
    }

    /// <summary>Returns the account to be verified; null if the address is taken.</summary>
    private async Task<User?> RegisterAsync(User candidate, User? owner, CancellationToken ct)
    {
        if (owner is null)
        {
            accounts.Add(candidate, null, candidate);
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
