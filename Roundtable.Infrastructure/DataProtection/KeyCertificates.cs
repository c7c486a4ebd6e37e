using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Roundtable.Application.Common;

namespace Roundtable.Infrastructure.DataProtection;

/// <summary>What the stored data-protection keys are encrypted with.</summary>
/// <param name="Current">Encrypts and decrypts; null when keys are to lie open.</param>
/// <param name="Previous">Still decrypts keys from before the last change of certificate.</param>
internal sealed record KeyCertificates(X509Certificate2? Current, X509Certificate2? Previous)
{
    /// <summary>Reads the files that the settings name, and notes what is wrong with them.</summary>
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
                new ConfigurationProblem(
                    $"{KeyStorageOptions.SectionName}:{key}",
                    "is a certificate without its private key: nothing could be decrypted again"
                )
            );
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            problems.Add(
                new ConfigurationProblem($"{KeyStorageOptions.SectionName}:{key}", "is not a PKCS #12 file that its password opens")
            );
        }

        return null;
    }
}
