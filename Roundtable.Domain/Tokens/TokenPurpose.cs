namespace Roundtable.Domain.Tokens;

/// <summary>The purpose of a one-time secret; part of its hash, so that the secret works for nothing else.</summary>
public enum TokenPurpose
{
    MagicLink,
    EmailVerification,
    EmailChange,
    EmailChangeUndo,
    PasswordReset,
    TwoFactorChallenge,
    TrustedBrowser,
    KnownBrowser,
    PasskeyRegistration,
    PasskeySignIn,
    SignUpBrowser,

    /// <summary>Lets the owner of an account disown a sign-in.</summary>
    NotMe,

    /// <summary>A login that waits for the owner of an existing account to confirm it.</summary>
    PendingLogin,

    /// <summary>A trip to an external provider and back.</summary>
    ExternalState,

    /// <summary>A purpose that custom code defines; the token's subject identifies it.</summary>
    UserToken,
}
