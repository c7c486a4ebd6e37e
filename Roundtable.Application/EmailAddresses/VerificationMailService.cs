using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>Mails links by which users verify their address.</summary>
[ScopedService]
public sealed class VerificationMailService(AccountMailer mailer, IUserRepository users, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    private const string ThrottleKind = "email-verification";

    private static readonly AccountLink Link = new(
        TokenPurpose.EmailVerification,
        MailTemplates.EmailVerification,
        "verify-email",
        TimeSpan.FromDays(1)
    );

    /// <summary>Mails the link in the current transaction, unless the address has reached its limit.</summary>
    public async Task SendAsync(User user, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(user.Email, out var email);
        if (await mailer.TryReserveAsync(ThrottleKind, email, ct))
        {
            await mailer.SendLinkAsync(Link, user, user.Email, ct);
        }
    }

    /// <summary>Mails the link to an account that is still unverified.</summary>
    public Task SendAgainAsync(string userId, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await users.LoadAsync(userId, ct) is { EmailVerified: false } user)
                {
                    await SendAsync(user, ct);
                }

                return Result.Success;
            },
            ct
        );

    /// <summary>Mails the link again if the address has an unverified account; the answer is always the same.</summary>
    public Task<Result> RequestAsync(EmailAddress email, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var user = await users.LoadByEmailAsync(email.Normalized, ct);
                audit.Record(AuditActions.EmailVerificationRequested, user is null ? AuditTarget.Email(email) : AuditTarget.User(user.Id));
                if (user is { EmailVerified: false })
                {
                    await SendAsync(user, ct);
                }
                else if (await mailer.TryReserveAsync(ThrottleKind, email, ct))
                {
                    await mailer.SimulateLinkAsync(Link, email, ct);
                }

                return Result.Success;
            },
            ct
        );
}
