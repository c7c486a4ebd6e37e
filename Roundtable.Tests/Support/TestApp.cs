using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Roundtable.Infrastructure.Identity;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Tests.Persistence;

namespace Roundtable.Tests.Support;

/// <summary>
/// The real application on Kestrel with a new database and mail folder: a SQLite file, or a database on the SQL Server that
/// ROUNDTABLE_TEST_SQLSERVER names. Only the clock, which tests move, and the cost of password hashing are replaced.
/// </summary>
public sealed class TestApp : WebApplicationFactory<Program>
{
    public const string AdminEmail = "admin@example.com";

    /// <summary>
    /// Passwords are hashed in a millisecond instead of a tenth of a second. Tests of the hashing cost configure the real count.
    /// </summary>
    public const int HashIterations = 1_000;

    private readonly Dictionary<string, string?> settings;
    private readonly Action<IServiceCollection>? configure;
    private readonly bool ownsFolder;

    private TestApp(string folder, bool ownsFolder, IReadOnlyDictionary<string, string?> overrides, Action<IServiceCollection>? configure)
    {
        this.configure = configure;
        this.ownsFolder = ownsFolder;
        Folder = folder;
        settings = new Dictionary<string, string?>(overrides) { ["Email:Pickup:Directory"] = MailFolder };
        if (!settings.ContainsKey("Database:Provider"))
        {
            foreach (var (key, value) in Databases.SettingsOf(Databases.Default))
            {
                settings.TryAdd(key, value);
            }
        }

        if (
            settings.TryAdd("ConnectionStrings:Roundtable", $"Data Source={File}")
            && settings["Database:Provider"] == nameof(DatabaseProvider.Sqlite)
            && ownsFolder
        )
        {
            MigratedFile.CopyTo(File);
        }

        // Watching the settings files takes a fifth of the startup time.
        settings.TryAdd("hostBuilder:reloadConfigOnChange", "false");
        settings.TryAdd("RateLimiting:Enabled", "false");
        settings.TryAdd("Cleanup:Enabled", "false");
        settings.TryAdd("Serilog:MinimumLevel:Default", "Fatal");
        settings.TryAdd("Serilog:MinimumLevel:Override:Microsoft.AspNetCore", "Fatal");
    }

    /// <summary>The application shared by all tests that need no other settings.</summary>
    public static TestApp Current { get; internal set; } = null!;

    public string Folder { get; }

    /// <summary>SQLite's file; tests that inspect it do not apply to other databases.</summary>
    public string DatabaseFile
    {
        get
        {
            if (settings["Database:Provider"] != nameof(DatabaseProvider.Sqlite))
            {
                Assert.Ignore("This looks into SQLite's file, and the tests run on SQL Server.");
            }

            return File;
        }
    }

    public string MailFolder => Path.Combine(Folder, "mail");

    /// <summary>Starts at a whole millisecond, which every database stores exactly.</summary>
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));

    public Mailbox Mail => new(MailFolder);

    public Uri BaseAddress => ClientOptions.BaseAddress;

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>Starts an application with the given settings (<c>Auth:MagicLink:Lifetime</c> and the like).</summary>
    public static TestApp Start(params (string Key, string? Value)[] settings) =>
        Start(Directory.CreateTempSubdirectory("roundtable-").FullName, ownsFolder: true, settings);

    /// <summary>Starts an application with additional services.</summary>
    public static TestApp Start(Action<IServiceCollection> configure, params (string Key, string? Value)[] settings) =>
        Start(Directory.CreateTempSubdirectory("roundtable-").FullName, ownsFolder: true, settings, configure: configure);

    /// <summary>Starts an application with the production cost of hashing a password.</summary>
    public static TestApp StartWithCostlyHashes(params (string Key, string? Value)[] settings) =>
        Start(s => s.Configure<PasswordHasherOptions>(o => o.IterationCount = IdentitySetup.HashIterations), settings);

    /// <summary>Starts an application at its own public URL, as WebAuthn and following links require.</summary>
    public static TestApp StartAtPublicUrl(params (string Key, string? Value)[] settings) => StartAtPublicUrl(_ => { }, settings);

    /// <inheritdoc cref="StartAtPublicUrl(ValueTuple{string, string}[])"/>
    public static TestApp StartAtPublicUrl(Action<IServiceCollection> configure, params (string Key, string? Value)[] settings)
    {
        var port = FreePort.Next();
        return Start(
            Directory.CreateTempSubdirectory("roundtable-").FullName,
            ownsFolder: true,
            [.. settings, ("App:PublicUrl", $"http://localhost:{port}")],
            port,
            configure
        );
    }

    /// <summary>Starts a second instance on the same database.</summary>
    public TestApp StartSibling(params (string Key, string? Value)[] settings) =>
        Start(
            Folder,
            ownsFolder: false,
            [
                .. settings,
                .. this.settings.Where(IsOfDatabase).ExceptBy(settings.Select(s => s.Key), s => s.Key).Select(s => (s.Key, s.Value)),
            ]
        );

    public Browser NewBrowser(string? userAgent = null) => new(this, userAgent);

    public async Task<Browser> SignInAsync(string email, string? userAgent = null)
    {
        var browser = NewBrowser(userAgent);
        await browser.SignInByLinkAsync(email);
        return browser;
    }

    /// <summary>Creates an admin for the test: the configured one gets only five links, and the shared clock stands still.</summary>
    public Task<Browser> SignInAsAdminAsync() => this.NewAdminAsync();

    /// <summary>An address that no other test uses.</summary>
    public static string NewEmail(string name = "user") => $"{name}-{Guid.NewGuid():N}@example.com";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (ownsFolder)
        {
            // Clears only its own connections: another application's may be in use, or its folder about to be deleted.
            using (var pooled = new SqliteConnection(SqliteConnectionStrings.ForRequests($"Data Source={File}", Folder)))
            {
                SqliteConnection.ClearPool(pooled);
            }

            if (settings["Database:Provider"] == nameof(DatabaseProvider.SqlServer))
            {
                await Databases.DropAsync([("ConnectionStrings:Roundtable", settings["ConnectionStrings:Roundtable"]!)]);
            }

            TempFolder.Delete(Folder);
        }
    }

    private static bool IsOfDatabase(KeyValuePair<string, string?> setting) =>
        setting.Key.StartsWith("Database:", StringComparison.Ordinal)
        || setting.Key.StartsWith("ConnectionStrings:", StringComparison.Ordinal);

    private string File => Path.Combine(Folder, "roundtable.db");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(s =>
        {
            s.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            s.Configure<PasswordHasherOptions>(o => o.IterationCount = HashIterations);
            s.ConfigureDbContext<SqliteRoundtableDbContext>(o => o.AddInterceptors(ColumnLimits.Instance));
            configure?.Invoke(s);
        });
    }

    private static TestApp Start(
        string folder,
        bool ownsFolder,
        (string Key, string? Value)[] settings,
        int port = 0,
        Action<IServiceCollection>? configure = null
    )
    {
        var app = new TestApp(folder, ownsFolder, settings.ToDictionary(s => s.Key, s => s.Value), configure);
        // Not UseKestrel(0): that sets the port while the application starts on another thread, and is sometimes too late.
        app.UseKestrel(k => k.Listen(IPAddress.Loopback, port));
        app.StartServer();
        return app.BaseAddress.IsDefaultPort
            ? throw new InvalidOperationException("The application ended instead of serving; see standard error for the reason.")
            : app;
    }
}
