using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Infrastructure.DataProtection;

internal static class DataProtectionServiceCollectionExtensions
{
    /// <summary>Keeps the keys where every instance finds them, and protects them there when a certificate is configured.</summary>
    public static IServiceCollection AddKeyStorage(this IServiceCollection services, KeyStorageOptions options, DatabaseProvider provider, string connectionString)
    {
        var protection = services.AddDataProtection().SetApplicationName("Roundtable");
        if (provider == DatabaseProvider.SqlServer)
        {
            protection.PersistKeysToDbContext<RoundtableDbContext>();
        }
        else
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(SqliteConnectionStrings.DirectoryOf(connectionString), "keys")));
        }

        if (options.CertificatePath is { Length: > 0 } path)
        {
            protection.ProtectKeysWithCertificate(Load(path, options.CertificatePassword));
        }

        services.TryAddSingleton<ICursorCodec, ProtectedCursorCodec>();
        return services;
    }

    private static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{KeyStorageOptions.SectionName}:{nameof(KeyStorageOptions.CertificatePath)}", "is not a PKCS #12 file that its password opens", e);
        }
    }
}
