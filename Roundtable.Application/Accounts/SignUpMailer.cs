using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Mails what follows a sign-up, and identifies the browser that signed up.</summary>
[ScopedService]
public sealed class SignUpMailer(VerificationMailService verification, AccountMailer mailer, OneTimeTokens tokens)
{
    private const string ThrottleKind = "account-exists";

    /// <summary>
    /// Mails a verification link for the account, or a notice to the owner of the existing one. Returns the browser's secret, which
    /// without an account belongs to none.
    /// </summary>
    /// <param name="account">The account to verify; null if the address is taken.</param>
    /// <param name="owner">The account that had the address before; required if it is taken.</param>
    public async Task<string> SendAsync(EmailAddress email, User? account, User? owner, CancellationToken ct)
    {
        if (account is not null)
        {
            await verification.SendAsync(account, ct);
        }
        else if (await mailer.TryReserveAsync(ThrottleKind, email, ct))
        {
            mailer.SendNotice(MailTemplates.AccountExists, owner!, owner!.Email);
        }

        var lifetime = EmailVerificationService.SignUpBrowserLifetime;
        return await tokens.IssueAsync(TokenPurpose.SignUpBrowser, account?.Id, email.Normalized, null, lifetime, ct);
    }
}
