namespace Roundtable.Domain.Sessions;

/// <summary>Why a session ended before it expired.</summary>
public enum SessionEndReason
{
    SignedOut,
    Replaced,
    RevokedByUser,
    RevokedByAdmin,
    Banned,
    PasswordChanged,
    EmailChanged,
    AccountClaimed,
    ImpersonationStopped,
    TwoFactorChanged,

    /// <summary>The owner reported a sign-in that was not theirs.</summary>
    Disowned,
}
