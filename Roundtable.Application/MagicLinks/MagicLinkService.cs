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
    internal const string ThrottleKind = "magic-link";

    /// <summary>
    /// Mails a link and a code to the address, whether or not it has an account, which the answer does not reveal. No mail is sent once
    /// the address has reached its limit. Returns the secret for the browser's cookie. Errors: <c>invalid_callback</c>.
    /// </summary>
    public async Task<Result<string>> RequestAsync(EmailAddress email, MagicLinkRequestData request, CancellationToken ct) =>
        callbacks.Allows(request.CallbackUrl)
            ? await unitOfWork.ExecuteAsync<Result<string>>(
                async ct =>
                {
                    var user = await users.LoadByEmailAsync(email.Normalized, ct);
                    var isAllowed = await limits.TryReserveAsync(ThrottleKind, email, ct);
                    var browser = await mailer.SendAsync(email, user, request, isOverLimit: !isAllowed, ct);
                    audit.Record(AuditActions.MagicLinkRequested, user is null ? AuditTarget.Email(email) : AuditTarget.User(user.Id));
                    return browser;
                },
                ct
            )
            : MagicLinkErrors.InvalidCallback;
}

/// <summary>The request for a link, besides the address.</summary>
/// <param name="Name">The name for a new account.</param>
/// <param name="CallbackUrl">The URL to continue to.</param>
/// <param name="Locale">The language of the mail, as a BCP 47 tag.</param>
/// <param name="BrowserSecret">The secret of the browser's last request; null if it made none.</param>
public sealed record MagicLinkRequestData(string? Name, string? CallbackUrl, string? Locale, string? BrowserSecret)
{
    /// <summary>Hides the secret.</summary>
    public override string ToString() => nameof(MagicLinkRequestData);
}
