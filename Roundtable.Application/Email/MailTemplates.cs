namespace Roundtable.Application.Email;

/// <summary>The names of the e-mail templates. In brackets: the values that each shows besides the common ones.</summary>
public static class MailTemplates
{
    /// <summary>A sign-in link and a code [link, code, expires].</summary>
    public const string MagicLink = "magic-link";

    /// <summary>An admin's invitation, with a link for the first sign-in [link, expires, invitedBy].</summary>
    public const string Invitation = "invitation";

    /// <summary>Asks to confirm a new account's address [link, expires].</summary>
    public const string EmailVerification = "email-verification";

    /// <summary>A sign-up used an address that already has an account [link to the sign-in page].</summary>
    public const string AccountExists = "account-exists";

    /// <summary>Asks to confirm a new address; sent to it [link, expires].</summary>
    public const string EmailChangeConfirm = "email-change-confirm";

    /// <summary>A user tried to change to this address, which is taken.</summary>
    public const string EmailChangeTaken = "email-change-taken";

    /// <summary>Sent to the old address, with an undo link [newEmail, link, expires].</summary>
    public const string EmailChanged = "email-changed";

    /// <summary>Sent to an address whose change was undone.</summary>
    public const string EmailChangeUndone = "email-change-undone";

    /// <summary>A link to set a new password [link, expires].</summary>
    public const string PasswordReset = "password-reset";

    /// <summary>The password was changed, with the API keys that still work [apiKeys, keysLink].</summary>
    public const string PasswordChanged = "password-changed";

    /// <summary>A sign-in from a new browser, with a link to disown it [method, link, expires].</summary>
    public const string NewDevice = "new-device";

    /// <summary>Two-factor was turned on or off, or recovery codes were created [change].</summary>
    public const string TwoFactorChanged = "two-factor-changed";

    /// <summary>A passkey was added or removed [change, passkey].</summary>
    public const string PasskeyChanged = "passkey-changed";

    /// <summary>An external login was connected or removed [change, provider].</summary>
    public const string LoginChanged = "login-changed";

    /// <summary>
    /// An API key was created, rotated, revoked by an admin or reported as leaked [change, apiKey, account, expires, link].
    /// </summary>
    public const string ApiKeyChanged = "api-key-changed";

    /// <summary>An API key will expire [apiKey, account, expires, link].</summary>
    public const string ApiKeyExpiring = "api-key-expiring";

    /// <summary>The user's roles changed [roles].</summary>
    public const string RolesChanged = "roles-changed";

    /// <summary>The account was banned [reason, until].</summary>
    public const string Banned = "banned";

    /// <summary>An admin tests the transport.</summary>
    public const string Test = "test";

    /// <summary>The account was deleted.</summary>
    public const string AccountDeleted = "account-deleted";
}
