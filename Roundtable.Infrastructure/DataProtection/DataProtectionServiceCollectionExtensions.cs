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
    public static IServiceCollection AddKeyStorage(this IServiceCollection services, KeyCertificates certificates, DatabaseProvider provider, string connectionString)
    {
        var protection = services.AddDataProtection().SetApplicationName("Roundtable");
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
