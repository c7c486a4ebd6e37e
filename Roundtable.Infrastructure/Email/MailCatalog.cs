using System.Collections.Frozen;
using Roundtable.Application.Email;

namespace Roundtable.Infrastructure.Email;

/// <summary>What is fixed about a mail. Subjects hold no user text, so that nothing can get into the headers.</summary>
internal sealed record MailKind(string Subject, bool NeedsLink = false);

/// <summary>All mails by the name of their template.</summary>
internal static class MailCatalog
{
    private static readonly FrozenDictionary<string, MailKind> Kinds = new Dictionary<string, MailKind>(StringComparer.Ordinal)
    {
        [MailTemplates.MagicLink] = new("Your sign-in link for Roundtable", NeedsLink: true),
        [MailTemplates.Invitation] = new("You are invited to Roundtable", NeedsLink: true),
        [MailTemplates.EmailVerification] = new("Confirm your e-mail address", NeedsLink: true),
        [MailTemplates.AccountExists] = new("You already have a Roundtable account", NeedsLink: true),
        [MailTemplates.EmailChangeConfirm] = new("Confirm your new e-mail address", NeedsLink: true),
        [MailTemplates.EmailChangeTaken] = new("Your address was entered for another account"),
        [MailTemplates.EmailChanged] = new("Your e-mail address was changed", NeedsLink: true),
        [MailTemplates.EmailChangeUndone] = new("Your e-mail address is back"),
        [MailTemplates.PasswordReset] = new("Set a new password", NeedsLink: true),
        [MailTemplates.PasswordChanged] = new("Your password was changed"),
        [MailTemplates.NewDevice] = new("New sign-in to your account"),
        [MailTemplates.TwoFactorChanged] = new("Your two-factor settings were changed"),
        [MailTemplates.PasskeyChanged] = new("Your passkeys were changed"),
        [MailTemplates.RolesChanged] = new("Your roles were changed"),
        [MailTemplates.Banned] = new("Your account was suspended"),
        [MailTemplates.AccountDeleted] = new("Your account was deleted"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static MailKind Get(string template) =>
        Kinds.TryGetValue(template, out var kind) ? kind : throw new ArgumentException($"There is no mail template '{template}'.", nameof(template));
}
