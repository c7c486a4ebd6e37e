using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>Requests a new address, which must be confirmed from there.</summary>
[ScopedService]
public sealed class EmailChangeService(
    IUserRepository users,
    AccountMailer mailer,
    AddressRelease addresses,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    private const string ThrottleKind = "email-change";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// Mails a link to the new address or, if that has an account, a notice to its owner; the answer is the same. The link works while
    /// the requesting session is active. A registration that was never completed does not count: the user who proves the address gets
    /// it. Errors: <c>validation_failed</c> if it is the current address.
    /// </summary>
    public Task<Result> RequestAsync(CurrentSession caller, EmailAddress newEmail, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await users.LoadAsync(caller.UserId, ct) is not { } user)
                {
                    return Errors.Unauthenticated;
                }

                if (newEmail.Value == user.Email)
                {
                    return Errors.Invalid("newEmail", new FieldError("same_address", "This is already your address."));
                }

                var owner = await users.LoadByEmailAsync(newEmail.Normalized, ct);
                audit.Record(
                    AuditActions.EmailChangeRequested,
                    AuditTarget.User(user.Id),
                    new { newEmail = EmailAddress.Mask(newEmail.Value) }
                );
                if (!await mailer.TryReserveAsync(ThrottleKind, newEmail, ct))
                {
                    return Result.Success;
                }

                if (owner is null || owner.Id == user.Id || addresses.YieldsToProof(owner))
                {
                    var link = new AccountLink(
                        TokenPurpose.EmailChange,
                        MailTemplates.EmailChangeConfirm,
                        "confirm-email",
                        Lifetime,
                        new EmailChangePayload(newEmail.Value, caller.Id)
                    )
                    {
                        SessionId = caller.Id,
                    };
                    await mailer.SendLinkAsync(link, user, newEmail.Value, ct);
                }
                else
                {
                    mailer.SendNotice(MailTemplates.EmailChangeTaken, owner, owner.Email);
                }

                return Result.Success;
            },
            ct
        );
}

/// <summary>The new address, and the requesting session, which is kept.</summary>
public sealed record EmailChangePayload(string NewEmail, string SessionId);
