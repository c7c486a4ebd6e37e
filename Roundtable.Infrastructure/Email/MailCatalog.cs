using System.Collections.Frozen;
using Roundtable.Application.Email;

namespace Roundtable.Infrastructure.Email;

/// <summary>The fixed properties of a mail.</summary>
/// <param name="Values">The values that it can show besides the common ones. Subjects show none of them, so that nothing can be injected
/// into the headers.</param>
internal sealed record MailKind(params IReadOnlyList<string> Values)
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

    /// <summary>The language of the texts, as a BCP 47 tag.</summary>
    public const string Language = "language";

    /// <summary>The template of the mail, for its texts.</summary>
    public const string Template = "template";

    public static readonly IReadOnlyList<string> CommonValues =
    [
        "name",
        "requestedAt",
        "ipAddress",
        "device",
        "appName",
        Subject,
        Language,
    ];

    public static readonly FrozenDictionary<string, MailKind> All = new Dictionary<string, MailKind>(StringComparer.Ordinal)
    {
        [MailTemplates.MagicLink] = new("link", "code", "expires"),
        [MailTemplates.Invitation] = new("link", "expires", "invitedBy"),
        [MailTemplates.EmailVerification] = new("link", "expires"),
        [MailTemplates.AccountExists] = new("link"),
        [MailTemplates.EmailChangeConfirm] = new("link", "expires"),
        [MailTemplates.EmailChangeTaken] = new(),
        [MailTemplates.EmailChanged] = new("newEmail", "link", "expires"),
        [MailTemplates.EmailChangeUndone] = new(),
        [MailTemplates.PasswordReset] = new("link", "expires"),
        [MailTemplates.PasswordChanged] = new("apiKeys", "keysLink"),
        [MailTemplates.NewDevice] = new("method", "link", "expires"),
        [MailTemplates.TwoFactorChanged] = new("change"),
        [MailTemplates.PasskeyChanged] = new("change", "passkey"),
        [MailTemplates.LoginChanged] = new("change", "provider"),
        [MailTemplates.ApiKeyChanged] = new("change", "apiKey", "account", "expires", "link"),
        [MailTemplates.ApiKeyExpiring] = new("apiKey", "account", "expires", "link"),
        [MailTemplates.RolesChanged] = new("roles"),
        [MailTemplates.Banned] = new("reason", "until"),
        [MailTemplates.Test] = new(),
        [MailTemplates.AccountDeleted] = new(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static MailKind Get(string template) =>
        All.TryGetValue(template, out var kind)
            ? kind
            : throw new ArgumentException($"There is no mail template '{template}'.", nameof(template));
}
