namespace Roundtable.Domain.Sessions;

/// <summary>How the person behind a session signed in.</summary>
public enum SessionMethod
{
    MagicLink,
    Password,
    Passkey,
    TwoFactor,
    Impersonation,
}
