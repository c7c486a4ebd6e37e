using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Roundtable.Application.Common;

namespace Roundtable.Infrastructure.DataProtection;

/// <summary>The certificates that encrypt the stored data-protection keys.</summary>
/// <param name="Current">Encrypts and decrypts; null to store keys unencrypted.</param>
/// <param name="Previous">Decrypts keys from before the last change of certificate.</param>
internal sealed record KeyCertificates(X509Certificate2? Current, X509Certificate2? Previous)
{
    /// <summary>Reads the configured files, and adds their problems to the list.</summary>
    public static KeyCertificates Load(KeyStorageOptions options, List<ConfigurationProblem> problems) =>
        new(
            Load(options.CertificatePath, options.CertificatePassword, nameof(KeyStorageOptions.CertificatePath), problems),
            Load(
                options.PreviousCertificatePath,
                options.PreviousCertificatePassword,
                nameof(KeyStorageOptions.PreviousCertificatePath),
                problems
            )
        );

    private static X509Certificate2? Load(string? path, string? password, string key, List<ConfigurationProblem> problems)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            if (certificate.HasPrivateKey)
            {
                return certificate;
            }

            problems.Add(
                new ConfigurationProblem($"{KeyStorageOptions.SectionName}:{key}", "has no private key, which decryption requires")
            );
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            problems.Add(
                new ConfigurationProblem($"{KeyStorageOptions.SectionName}:{key}", "is not a PKCS #12 file, or the password is wrong")
            );
        }

        return null;
    }
}
