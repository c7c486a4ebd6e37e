using System.Diagnostics;
using System.Runtime.Versioning;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>Every file and folder that the program creates is accessible only to its user, whatever the umask.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class FileModeTests
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    [Test]
    public async Task Files_AreAccessibleToTheirOwnerOnly_WithAnyUmask()
    {
        using var folder = new TempFolder();
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        using var server = Start(folder.Name, address, "");
        try
        {
            await WaitUntilReadyAsync(address);
            using var browser = new Browser(address, new Mailbox(folder.PathOf("App_Data/mail")));
            await browser.SignInByLinkAsync(TestApp.NewEmail());
            using var backup = Start(folder.Name, address, "backup --to backups/copy.db");
            var errors = await backup.StandardError.ReadToEndAsync();
            await backup.WaitForExitAsync();
            Assert.That(backup.ExitCode, Is.Zero, errors);

            var made = Directory.GetFileSystemEntries(folder.Name, "*", SearchOption.AllDirectories);
            string[] kinds =
            [
                "roundtable.db",
                "roundtable.db-wal",
                "roundtable.db-shm",
                ".xml",
                ".eml",
                ".log",
                "copy.db",
                "/keys",
                "/mail",
                "/App_Data",
                "/logs",
                "/backups",
            ];
            Assert.That(
                kinds.Where(k => !made.Any(m => m.EndsWith(k, StringComparison.Ordinal))),
                Is.Empty,
                "kinds of files that were looked at"
            );
            Assert.That(
                made.Where(m => (File.GetUnixFileMode(m) & OfOthers) != 0).Select(m => $"{m}: {File.GetUnixFileMode(m)}"),
                Is.Empty
            );
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static Process Start(string folder, Uri address, string arguments)
    {
        var program = PublishedProgram.File;
        var start = new ProcessStartInfo("sh", ["-c", $"umask 000; exec dotnet '{program}' {arguments}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Urls"] = address.OriginalString;
        start.Environment["Logging__File__Path"] = Path.Combine(folder, "logs", "roundtable-.log");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task WaitUntilReadyAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (tries < 900)
            {
                // Not yet.
            }

            await Task.Delay(100);
        }
    }
}
