using System.Diagnostics;
using System.Net;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>The program reads its settings and dashboard from its own folder and writes data to the working directory.</summary>
public sealed class OtherFolderTests
{
    [Test]
    public async Task Start_FromAnotherFolder_ReadsSettingsBesideTheProgram_AndServesTheDashboard()
    {
        using var program = new TempFolder();
        using var folder = new TempFolder();
        // The runtime would follow symbolic links to their target.
        foreach (
            var file in Directory
                .GetFiles(AppContext.BaseDirectory, "*.dll")
                .Concat(Directory.GetFiles(AppContext.BaseDirectory, "Roundtable.Api.*.json"))
        )
        {
            File.Copy(file, program.PathOf(Path.GetFileName(file)));
        }

        Directory.CreateSymbolicLink(program.PathOf("runtimes"), Path.Combine(AppContext.BaseDirectory, "runtimes"));
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await File.WriteAllTextAsync(
            program.PathOf("appsettings.json"),
            $$"""{ "Urls": "{{address.OriginalString}}", "Email": { "Pickup": { "Directory": "App_Data/other-mail" } } }"""
        );
        Directory.CreateDirectory(program.PathOf("wwwroot"));
        await File.WriteAllTextAsync(program.PathOf("wwwroot/index.html"), "<!doctype html><title>The dashboard</title>");
        var start = new ProcessStartInfo("dotnet", [program.PathOf("Roundtable.Api.dll")])
        {
            WorkingDirectory = folder.Name,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("Urls");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            using var http = new HttpClient { BaseAddress = address };
            for (var tries = 0; tries < 900 && !process.HasExited; tries++)
            {
                try
                {
                    using var page = await http.GetAsync("/sign-in");
                    Assert.That(
                        (page.StatusCode, await page.Content.ReadAsStringAsync()),
                        Is.EqualTo((HttpStatusCode.OK, "<!doctype html><title>The dashboard</title>"))
                    );
                    Assert.That(File.Exists(folder.PathOf("App_Data/roundtable.db")), Is.True, "data stays in its folder");
                    Assert.That(Directory.Exists(folder.PathOf("App_Data/other-mail")), Is.True);
                    return;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100);
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.Fail($"It did not come up.\n{await output}\n{await errors}");
    }
}
