using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Mails links for resetting a password.</summary>
[ScopedService]
public sealed class PasswordRecoveryService(IUserRepository users, AccountMailer mailer, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>How long a link is valid.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    private const string ThrottleKind = "password-reset";

    private static readonly AccountLink Link = new(TokenPurpose.PasswordReset, MailTemplates.PasswordReset, "reset-password", LinkLifetime);

    /// <summary>Mails a link if the address has an account; the answer is always the same.</summary>
    public Task<Result> RequestAsync(EmailAddress email, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var user = await users.LoadByEmailAsync(email.Normalized, ct);
                audit.Record(AuditActions.PasswordResetRequested, user is null ? AuditTarget.Email(email) : AuditTarget.User(user.Id));
                if (await mailer.TryReserveAsync(ThrottleKind, email, ct))
                {
                    await (user is null ? mailer.SimulateLinkAsync(Link, email, ct) : mailer.SendLinkAsync(Link, user, user.Email, ct));
                }

                return Result.Success;
            },
            ct
        );
}
