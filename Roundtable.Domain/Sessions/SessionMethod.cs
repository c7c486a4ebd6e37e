namespace Roundtable.Domain.Sessions;

/// <summary>How the user of a session signed in.</summary>
public enum SessionMethod
{
    MagicLink,
    Password,
    Passkey,
    TwoFactor,

    /// <summary>An external provider.</summary>
    External,
    Impersonation,
}
