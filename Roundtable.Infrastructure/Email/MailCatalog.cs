using System.Collections.Frozen;
using Roundtable.Application.Email;

namespace Roundtable.Infrastructure.Email;

/// <summary>The fixed properties of a mail.</summary>
/// <param name="Subject">Without user text, so that nothing can be injected into the headers.</param>
/// <param name="Values">The values that it can show besides the common ones.</param>
internal sealed record MailKind(string Subject, params IReadOnlyList<string> Values)
{
    public bool NeedsLink => Values.Contains(MailValues.Link);
}

/// <summary>All mails by template name, and the names that templates know.</summary>
internal static class MailCatalog
{
    public const string AppName = "Roundtable";

    /// <summary>The content that the layout wraps.</summary>
    public const string Body = "body";

    /// <summary>Whether it is known when, from which address or with which device the mail was requested.</summary>
    public const string IsRequested = "asked";

    /// <summary>The label of the button.</summary>
    public const string Label = "label";

    public const string Subject = "subject";

    public static readonly IReadOnlyList<string> CommonValues = ["name", "requestedAt", "ipAddress", "device", "appName", Subject];

    public static readonly FrozenDictionary<string, MailKind> All = new Dictionary<string, MailKind>(StringComparer.Ordinal)
    {
        [MailTemplates.MagicLink] = new("Your sign-in link for Roundtable", "link", "expires"),
        [MailTemplates.Invitation] = new("You are invited to Roundtable", "link", "expires", "invitedBy"),
        [MailTemplates.EmailVerification] = new("Confirm your e-mail address", "link", "expires"),
        [MailTemplates.AccountExists] = new("You already have a Roundtable account", "link"),
        [MailTemplates.EmailChangeConfirm] = new("Confirm your new e-mail address", "link", "expires"),
        [MailTemplates.EmailChangeTaken] = new("Your address was entered for another account"),
        [MailTemplates.EmailChanged] = new("Your e-mail address was changed", "newEmail", "link", "expires"),
        [MailTemplates.EmailChangeUndone] = new("Your e-mail address is back"),
        [MailTemplates.PasswordReset] = new("Set a new password", "link", "expires"),
        [MailTemplates.PasswordChanged] = new("Your password was changed"),
        [MailTemplates.NewDevice] = new("New sign-in to your account", "method"),
        [MailTemplates.TwoFactorChanged] = new("Your two-factor settings were changed", "change"),
        [MailTemplates.PasskeyChanged] = new("Your passkeys were changed", "change", "passkey"),
        [MailTemplates.RolesChanged] = new("Your roles were changed", "roles"),
        [MailTemplates.Banned] = new("Your account was suspended", "reason", "until"),
        [MailTemplates.AccountDeleted] = new("Your account was deleted"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static MailKind Get(string template) =>
        All.TryGetValue(template, out var kind)
            ? kind
            : throw new ArgumentException($"There is no mail template '{template}'.", nameof(template));
}
