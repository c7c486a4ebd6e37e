namespace Roundtable.Application.Email;

/// <summary>The mails there are, by the name of their template. In brackets: the values that each shows besides the common ones.</summary>
public static class MailTemplates
{
    /// <summary>The link that signs in [link, expires].</summary>
    public const string MagicLink = "magic-link";

    /// <summary>An admin's invitation: a link that signs in for the first time [link, expires, invitedBy].</summary>
    public const string Invitation = "invitation";

    /// <summary>Confirm the address of a new account [link, expires].</summary>
    public const string EmailVerification = "email-verification";

    /// <summary>Somebody tried to register an address that has an account [link to the sign-in page].</summary>
    public const string AccountExists = "account-exists";

    /// <summary>Confirm a new address, sent to it [link, expires].</summary>
    public const string EmailChangeConfirm = "email-change-confirm";

    /// <summary>Somebody wanted to move an account to this taken address.</summary>
    public const string EmailChangeTaken = "email-change-taken";

    /// <summary>To the old address, with the way back [newEmail, link, expires].</summary>
    public const string EmailChanged = "email-changed";

    /// <summary>To an address whose change was undone.</summary>
    public const string EmailChangeUndone = "email-change-undone";

    /// <summary>Set a new password [link, expires].</summary>
    public const string PasswordReset = "password-reset";

    public const string PasswordChanged = "password-changed";

    /// <summary>A sign-in from a device not seen before [method].</summary>
    public const string NewDevice = "new-device";

    /// <summary>Two-factor went on or off, or new recovery codes were made [change].</summary>
    public const string TwoFactorChanged = "two-factor-changed";

    /// <summary>A passkey was added or removed [change, passkey].</summary>
    public const string PasskeyChanged = "passkey-changed";

    /// <summary>The user's roles changed [roles].</summary>
    public const string RolesChanged = "roles-changed";

    /// <summary>The account was banned [reason, until].</summary>
    public const string Banned = "banned";

    /// <summary>The account is gone.</summary>
    public const string AccountDeleted = "account-deleted";
}
