using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Faults;

/// <summary>An application that reaches SQL Server through a proxy. Skipped without SQL Server; SQLite has no connection to cut.</summary>
internal sealed class ProxiedDatabase : IAsyncDisposable
{
    private ProxiedDatabase(TestApp app, TcpProxy proxy, TdsWatch watch) => (App, Proxy, Watch) = (app, proxy, watch);

    public TestApp App { get; }

    public TcpProxy Proxy { get; }

    public TdsWatch Watch { get; }

    public static ProxiedDatabase Start(Action<SqlConnectionStringBuilder>? configure = null)
    {
        if (Databases.Default != DatabaseProvider.SqlServer)
        {
            Assert.Ignore(Databases.Missing ?? "There is no SQL Server.");
        }

        var settings = Databases.SettingsOf(DatabaseProvider.SqlServer).ToDictionary();
        var direct = new SqlConnectionStringBuilder(settings["ConnectionStrings:Roundtable"]);
        var parts = direct.DataSource.Replace("tcp:", "", StringComparison.Ordinal).Split(',');
        var watch = new TdsWatch();
        var proxy = new TcpProxy(parts[0], parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1433)
        {
            Watch = watch.NewConnection,
        };

        // Encrypted traffic cannot be counted.
        var through = new SqlConnectionStringBuilder(direct.ConnectionString)
        {
            DataSource = $"tcp:127.0.0.1,{proxy.Port}",
            Encrypt = SqlConnectionEncryptOption.Optional,
        };
        configure?.Invoke(through);

        // The default, whatever the run configures: changes in one batch are one round trip.
        settings["Database:SqlServer:MaxBatchSize"] = "42";
        settings["ConnectionStrings:Roundtable"] = through.ConnectionString;
        return new ProxiedDatabase(TestApp.Start([.. settings.Select(s => (s.Key, (string?)s.Value))]), proxy, watch);
    }

    /// <summary>Waits until the application sends no requests, and clears the recorded ones.</summary>
    public async Task WaitUntilIdleAsync()
    {
        for (var quiet = Stopwatch.StartNew(); quiet.Elapsed < TimeSpan.FromSeconds(0.5); await Task.Delay(50))
        {
            if (Watch.Take().Count > 0)
            {
                quiet.Restart();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Proxy.Dispose();
    }
}
