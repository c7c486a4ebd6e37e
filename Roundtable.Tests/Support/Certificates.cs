using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Roundtable.Tests.Support;

/// <summary>Certificates for the data-protection keys.</summary>
internal static class Certificates
{
    public static byte[] Pkcs12(string? password = null)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=keys",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        return certificate.Export(X509ContentType.Pkcs12, password);
    }
}
