namespace Roundtable.Application.TwoFactor;

/// <summary>Time-based one-time codes (RFC 6238: 6 digits, 30 seconds, SHA-1, as authenticator apps expect).</summary>
public interface ITwoFactorCodes
{
    /// <param name="account">The account name that the app shows beside the issuer.</param>
    NewTwoFactorSecret Create(string account);

    /// <summary>Returns the code's 30-second step, the current one or an adjacent one; null if the code is wrong.</summary>
    long? Match(string protectedSecret, string code, DateTime nowUtc);
}

/// <summary>A new shared secret in all required forms.</summary>
/// <param name="Secret">The secret in Base32.</param>
/// <param name="OtpauthUri">The URI for apps.</param>
/// <param name="QrCodeSvg">The URI as a QR code.</param>
/// <param name="ProtectedSecret">The encrypted secret.</param>
public sealed record NewTwoFactorSecret(string Secret, string OtpauthUri, string QrCodeSvg, string ProtectedSecret);
