using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Roundtable.Bench.Soak;

/// <summary>
/// The published program as shipped: Production, SQLite, mail to a folder. Its rate limits are off, as one machine sends all requests.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    public const string AdminEmail = "soak-admin@example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("roundtable-soak-");
    private readonly Process process;

    private Server(string folder)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        probe.Stop();
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("Roundtable.Api.dll");
        foreach (
            var (key, value) in new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["App__AllowDevelopmentDefaults"] = "true",
                ["App__PublicUrl"] = Address.OriginalString,
                ["Urls"] = Address.OriginalString,
                ["RateLimiting__Enabled"] = "false",
                ["Auth__AdminEmails__0"] = AdminEmail,
                ["ConnectionStrings__Roundtable"] = $"Data Source={Path.Combine(data.FullName, "roundtable.db")}",
                ["Email__Pickup__Directory"] = MailFolder,
            }
        )
        {
            start.Environment[key] = value;
        }

        process = Process.Start(start)!;
        // Drained, so that the process never blocks; errors are shown if it does not start.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, e) => Console.Error.WriteLine(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int ProcessId => process.Id;

    public string MailFolder => Path.Combine(data.FullName, "mail");

    public static async Task<Server> StartAsync(string folder)
    {
        var server = new Server(folder);
        using var http = new HttpClient { BaseAddress = server.Address };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(100))
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // Not ready yet.
            }
        }

        await server.DisposeAsync();
        throw new TimeoutException("The server did not become ready.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        data.Delete(recursive: true);
    }
}
