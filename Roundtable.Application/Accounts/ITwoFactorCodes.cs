namespace Roundtable.Application.Accounts;

/// <summary>Time-based one-time codes (RFC 6238: 6 digits, 30 seconds, SHA-1, as authenticator apps expect).</summary>
public interface ITwoFactorCodes
{
    /// <param name="account">What the authenticator app shows beside the issuer.</param>
    NewTwoFactorSecret Create(string account);

    /// <summary>The 30-second step that the code belongs to, this one or a neighbour; null when it is wrong.</summary>
    long? Match(string protectedSecret, string code, DateTime nowUtc);
}

/// <summary>A new shared secret in every form that it is needed in.</summary>
/// <param name="Secret">Base32, for typing.</param>
/// <param name="OtpauthUri">For authenticator apps.</param>
/// <param name="QrCodeSvg">The URI as a picture.</param>
/// <param name="ProtectedSecret">Encrypted, for storing.</param>
public sealed record NewTwoFactorSecret(string Secret, string OtpauthUri, string QrCodeSvg, string ProtectedSecret);
