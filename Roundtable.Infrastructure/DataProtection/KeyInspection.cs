using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Roundtable.Infrastructure.DataProtection;

/// <summary>Inspects the stored data-protection keys; creates none and changes none.</summary>
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

    // Created on demand: requesting the encryptor decrypts the key.
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

/// <summary>The state of the data-protection keys.</summary>
/// <param name="Count">The number of keys.</param>
/// <param name="Unreadable">The number that the configured certificates cannot decrypt.</param>
/// <param name="Unprotected">The number stored unencrypted.</param>
/// <param name="CurrentUntilUtc">When the newest active key expires; null if the next use creates a new one.</param>
public sealed record KeyReport(int Count, int Unreadable, int Unprotected, DateTime? CurrentUntilUtc);
