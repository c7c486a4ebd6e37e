using System.Diagnostics;
using System.Net;
using System.Text;

namespace Roundtable.Tests.Support;

/// <summary>The built program in its own process and folder; killed by ID no later than on disposal.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private ServerProcess(string folder, Uri address, ProcessStartInfo start)
    {
        Folder = folder;
        BaseAddress = address;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Collect(output, e.Data);
        process.ErrorDataReceived += (_, e) => Collect(errors, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Folder { get; }

    public Uri BaseAddress { get; }

    public string DatabaseFile => Path.Combine(Folder, "App_Data", "roundtable.db");

    public Mailbox Mail => new(Path.Combine(Folder, "App_Data", "mail"));

    public string Output => Read(output);

    public string Errors => Read(errors);

    public IReadOnlyList<string> OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Starts the program with the given settings, <c>Section:Key</c>, on a free port. The folder is its working directory and content
    /// root.
    /// </summary>
    public static ServerProcess Start(
        string folder,
        IEnumerable<(string Key, string Value)> settings,
        params ReadOnlySpan<string> arguments
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(PublishedProgram.File);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(IsInherited).ToList())
        {
            start.Environment.Remove(name);
        }

        // Compiling hot methods again takes half of the processor time of a process that runs for seconds.
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Urls"] = address.OriginalString;
        start.Environment["RateLimiting__Enabled"] = "false";
        start.Environment["Auth__AdminEmails__0"] = TestApp.AdminEmail;
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new ServerProcess(folder, address, start);
    }

    /// <summary>Starts the program to serve, and waits until it is ready.</summary>
    public static async Task<ServerProcess> ServeAsync(string folder, params (string Key, string Value)[] settings)
    {
        var server = Start(folder, settings);
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command to completion.</summary>
    public static async Task<ServerProcess> RunAsync(
        string folder,
        IEnumerable<(string Key, string Value)> settings,
        params string[] arguments
    )
    {
        var program = Start(folder, settings, arguments);
        await program.WaitForExitAsync(Timeout);
        return program;
    }

    /// <summary>Returns a command's exit code; it must end within the limit.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Still running after {limit}.\n{Output}\n{Errors}");
        }

        return process.ExitCode;
    }

    public int ExitCode => process.ExitCode;

    public async Task WaitUntilReadyAsync(Uri? address = null)
    {
        using var http = new HttpClient { BaseAddress = address ?? BaseAddress };
        for (var started = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    Assert.That(process.HasExited, Is.False, $"Another process answers.\n{Output}\n{Errors}");
                    return;
                }
            }
            catch (HttpRequestException)
            {
                Assert.That(process.HasExited, Is.False, $"The process exited.\n{Output}\n{Errors}");
            }

            Assert.That(started.Elapsed, Is.LessThan(Timeout), $"Not ready.\n{Output}\n{Errors}");
        }
    }

    public Browser NewBrowser(string? userAgent = null) => new(BaseAddress, Mail, userAgent);

    public async Task<Browser> SignInAsync(string email)
    {
        var browser = NewBrowser();
        await browser.SignInByLinkAsync(email);
        return browser;
    }

    /// <summary>Kills the process, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    /// <summary>Requests a shutdown, as <c>kill</c> and every orchestrator do.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Whether the process has a file open below the folder (Linux).</summary>
    public bool HasOpen(string folder) =>
        Directory
            .GetFileSystemEntries($"/proc/{process.Id}/fd")
            .Any(f =>
                new FileInfo(f).LinkTarget is { } target
                && target.StartsWith(folder + "/", StringComparison.Ordinal)
                && !target.EndsWith("(deleted)", StringComparison.Ordinal)
            );

    /// <summary>Suspends the process until <see cref="Thaw"/>, as on a suspended machine.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    // The test run's own environment must not affect the program.
    private static bool IsInherited(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ROUNDTABLE_", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_ENVIRONMENT" or "DOTNET_URLS";

    private static void Collect(StringBuilder lines, string? line)
    {
        if (line is not null)
        {
            lock (lines)
            {
                lines.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder lines)
    {
        lock (lines)
        {
            return lines.ToString();
        }
    }
}
