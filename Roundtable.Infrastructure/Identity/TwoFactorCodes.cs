using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using QRCoder;
using Roundtable.Application.TwoFactor;

namespace Roundtable.Infrastructure.Identity;

/// <summary>TOTP (RFC 6238) by Otp.NET and QR codes by QRCoder. Encrypts secrets with the data-protection keys.</summary>
internal sealed class TwoFactorCodes(IDataProtectionProvider protection) : ITwoFactorCodes
{
    private const string Issuer = "Roundtable";
    private const int SecretBytes = 20;
    private const int ModulePixels = 6;

    private readonly IDataProtector protector = protection.CreateProtector("Roundtable.TwoFactor.v1");

    public NewTwoFactorSecret Create(string account)
    {
        var secret = Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes));
        var uri = new OtpUri(OtpType.Totp, secret, account, Issuer).ToString();
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return new NewTwoFactorSecret(secret, uri, svg.GetGraphic(ModulePixels), Protect(secret));
    }

    /// <summary>Encrypts the secret for storage.</summary>
    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>Decrypts the stored secret to Base32; null if the keys that encrypted it are lost.</summary>
    public string? Unprotect(string protectedSecret)
    {
        try
        {
            return protector.Unprotect(protectedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public long? Match(string protectedSecret, string code, DateTime nowUtc)
    {
        if (Unprotect(protectedSecret) is not { } secret)
        {
            // No code can match. Recovery codes and passkeys still work.
            return null;
        }

        var totp = new Totp(Base32Encoding.ToBytes(secret));

        // One step either way: clocks differ, and users finish typing after the code has changed.
        return totp.VerifyTotp(nowUtc, code, out var step, new VerificationWindow(1, 1)) ? step : null;
    }
}
