using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Webhooks;

/// <summary>The receiver from docs/webhooks.md, run verbatim.</summary>
internal sealed partial class Receiver : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly List<string> lines = [];
    private bool stopped;

    private Receiver(Process process, int port)
    {
        this.process = process;
        Address = new Uri($"http://127.0.0.1:{port}/");
        process.OutputDataReceived += (_, e) =>
        {
            lock (lines)
            {
                lines.AddRange(e.Data is null ? [] : [e.Data]);
            }
        };
        process.BeginOutputReadLine();
    }

    public Uri Address { get; }

    /// <summary>The accepted messages, genuine and new: type and user.</summary>
    public IReadOnlyList<string> Accepted
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    public static async Task<Receiver> StartAsync(string folder, string secret, int port)
    {
        var file = Path.Combine(folder, "receiver.mjs");
        await File.WriteAllTextAsync(
            file,
            Code().Match(await File.ReadAllTextAsync(Repository.PathOf("docs", "webhooks.md"))).Groups["code"].Value
        );
        var start = new ProcessStartInfo("node", [file]) { RedirectStandardOutput = true };
        start.Environment["WEBHOOK_SECRET"] = secret;
        start.Environment["PORT"] = $"{port}";
        var receiver = new Receiver(Process.Start(start)!, port);
        await receiver.WaitUntilItListensAsync();
        return receiver;
    }

    public async Task<IReadOnlyList<string>> WaitAsync(Func<IReadOnlyList<string>, bool> enough)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Timeout && !enough(Accepted); )
        {
            await Task.Delay(50);
        }

        return Accepted;
    }

    public void Dispose()
    {
        if (!stopped)
        {
            stopped = true;
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private async Task WaitUntilItListensAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Timeout; )
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(Address.Host, Address.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        Assert.Fail("The receiver did not start.");
    }

    [GeneratedRegex("<!-- receiver\\.mjs -->\n```js\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
