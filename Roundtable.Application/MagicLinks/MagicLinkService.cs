using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.MagicLinks;

/// <summary>Issues sign-in links.</summary>
[ScopedService]
public sealed class MagicLinkService(
    IUserRepository users,
    MagicLinkMailer mailer,
    MailLimits limits,
    IAuditTrail audit,
    CallbackPolicy callbacks,
    IUnitOfWork unitOfWork
)
{
    private const string ThrottleKind = "magic-link";

    /// <summary>
    /// Mails a link to the address, whether or not it has an account, which the answer does not reveal. No mail is sent once the
    /// address has reached its limit. Errors: <c>validation_failed</c>, <c>invalid_callback</c>.
    /// </summary>
    public Task<Result> RequestAsync(EmailAddress email, string? name, string? callbackUrl, CancellationToken ct)
    {
        if (!callbacks.Allows(callbackUrl))
        {
            return Task.FromResult<Result>(MagicLinkErrors.InvalidCallback);
        }

        return unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var user = await users.LoadByEmailAsync(email.Normalized, ct);
                if (await limits.TryReserveAsync(ThrottleKind, email, ct))
                {
                    await mailer.SendAsync(email, user, new MagicLinkPayload(email.Value, name, callbackUrl), ct);
                }

                audit.Record(AuditActions.MagicLinkRequested, user is null ? AuditTarget.Email(email) : AuditTarget.User(user.Id));
                return Result.Success;
            },
            ct
        );
    }
}
