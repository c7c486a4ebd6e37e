using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Domain.Users;

namespace Roundtable.Application.MagicLinks;

/// <summary>Mails the owner of an account a way back in.</summary>
[ScopedService]
public sealed class RecoveryMailer(MagicLinkMailer links, UndoMailService undos)
{
    /// <summary>A sign-in link if the address is still the account's, else the link that undoes the change of address.</summary>
    public Task SendAsync(User user, EmailAddress address, CancellationToken ct) =>
        address.Normalized == user.NormalizedEmail ? links.SendUnboundAsync(address, user, ct) : undos.SendAgainAsync(user, address, ct);
}
