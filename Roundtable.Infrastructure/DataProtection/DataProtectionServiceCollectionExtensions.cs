using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Infrastructure.DataProtection;

internal static class DataProtectionServiceCollectionExtensions
{
    /// <summary>Stores the keys where every instance finds them, and encrypts them if a certificate is configured.</summary>
    public static IServiceCollection AddKeyStorage(
        this IServiceCollection services,
        KeyCertificates certificates,
        DatabaseProvider provider,
        string connectionString
    )
    {
        // GCM encrypts and authenticates in one pass; the default, CBC with an HMAC, takes half as long again for each cursor and mail. A
        // key records its algorithm: older keys keep theirs.
        var protection = services
            .AddDataProtection()
            .SetApplicationName("Roundtable")
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        if (provider == DatabaseProvider.SqlServer)
        {
            protection.PersistKeysToDbContext<RoundtableDbContext>();
        }
        else
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(SqliteConnectionStrings.KeyFolder(connectionString)));
        }

        if (certificates.Current is { } current)
        {
            protection.ProtectKeysWithCertificate(current);
        }

        if (certificates.Previous is { } previous)
        {
            protection.UnprotectKeysWithAnyCertificate(previous);
        }

        services.TryAddSingleton<ICursorCodec, ProtectedCursorCodec>();
        services.TryAddSingleton<KeyInspection>();
        return services;
    }
}
