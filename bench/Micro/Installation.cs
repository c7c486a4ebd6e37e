using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Roundtable.Application;
using Roundtable.Application.Common;
using Roundtable.Infrastructure;
using Roundtable.Infrastructure.DataProtection;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Bench.Micro;

/// <summary>The application's layers below HTTP, wired as in the product, over their own SQLite database.</summary>
internal sealed class Installation : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roundtable-micro").FullName;
    private readonly ServiceProvider services;

    public Installation()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["ConnectionStrings:Roundtable"] = $"Data Source={Path.Combine(folder, "roundtable.db")}",
                    ["Email:Pickup:Directory"] = Path.Combine(folder, "mail"),
                }
            )
            .Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IHostEnvironment>(new Environment(folder))
            .Configure<AppOptions>(options => options.PublicUrl = "http://localhost:5080")
            // All cycles use one address.
            .Configure<AuthOptions>(options => options.MagicLink.MaxPerWindow = int.MaxValue)
            .AddScoped<IRequestContext, NoRequest>()
            .AddScoped<IRequestRights, NoRequest>()
            .AddApplication(null)
            .AddInfrastructure(new DatabaseOptions(), new KeyStorageOptions(), configuration, new Environment(folder))
            .BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public AsyncServiceScope NewScope() => services.CreateAsyncScope();

    public async Task MigrateAsync()
    {
        await using var scope = NewScope();
        await scope.ServiceProvider.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        services.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Environment(string folder) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "Roundtable.Bench.Micro";

        public string ContentRootPath { get; set; } = folder;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
