namespace Roundtable.Domain.Tokens;

/// <summary>What a one-time secret was made for; part of its hash, so that it opens nothing else.</summary>
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

    /// <summary>What code of somebody's own has given it, which is the token's subject.</summary>
    UserToken,
}
