using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Roundtable.Infrastructure.DataProtection;

/// <summary>Looks at the stored data-protection keys; makes none and changes none.</summary>
public sealed class KeyInspection(IKeyManager keys, IOptions<KeyManagementOptions> options, TimeProvider clock)
{
    public KeyReport Inspect()
    {
        var now = clock.GetUtcNow();
        var all = keys.GetAllKeys();
        var stored = options.Value.XmlRepository?.GetAllElements().Where(e => e.Name == "key").ToList() ?? [];
        return new KeyReport(
            all.Count,
            all.Count(k => !CanDecrypt(k)),
            stored.Count(e => !IsProtected(e)),
            all.Where(k => !k.IsRevoked && k.ActivationDate <= now && k.ExpirationDate > now)
                .Select(k => (DateTime?)k.ExpirationDate.UtcDateTime)
                .Max()
        );
    }

    // Made on demand: whoever asks for the encryptor has the key decrypted.
    private static bool CanDecrypt(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsProtected(XElement key) =>
        key.Descendants()
            .Where(e => e.Name.LocalName == "encryptedSecret")
            .Any(s => ((string?)s.Attribute("decryptorType"))?.Contains("NullXmlDecryptor", StringComparison.Ordinal) == false);
}

/// <summary>How the data-protection keys are.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Unreadable">How many the configured certificates do not decrypt.</param>
/// <param name="Unprotected">How many lie in their storage as they are.</param>
/// <param name="CurrentUntilUtc">Until when the newest of those in use encrypts; null when the next use makes a new one.</param>
public sealed record KeyReport(int Count, int Unreadable, int Unprotected, DateTime? CurrentUntilUtc);
