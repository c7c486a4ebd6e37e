using System.Diagnostics;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Client;

/// <summary>What the build reports when the client is stale and when Node.js is missing.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BuildTests
{
    [TestCase("src/client.ts")]
    [TestCase("openapi.json")]
    [TestCase(null)]
    public async Task Build_Fails_WhenTheClientIsStale(string? changed)
    {
        using var folder = new TempFolder();
        var hashes = Repository.PathOf("client", "generated.sha256");
        foreach (var file in (await File.ReadAllLinesAsync(hashes)).Select(l => l[66..]).Append("generated.sha256"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Name, file))!);
            File.Copy(Repository.PathOf("client", file), Path.Combine(folder.Name, file));
        }

        if (changed is not null)
        {
            await File.AppendAllTextAsync(Path.Combine(folder.Name, changed), "\n");
        }

        var (exitCode, output) = await BuildAsync(
            "client.targets",
            "CheckClientCode",
            Environment.GetEnvironmentVariable("PATH"),
            $"-p:ClientRoot={folder.Name}/"
        );
        Assert.That(exitCode == 0, Is.EqualTo(changed is null), output);
        Assert.That(
            output,
            changed is null
                ? Does.Not.Contain("CLIENT002")
                : Does.Contain("CLIENT002").And.Contain($"Changed since NSwag ran: {Path.GetFileName(changed)}")
        );
    }

    [Test]
    public async Task Build_ReportsWhatToInstall_WhenNodeIsMissing()
    {
        using var folder = new TempFolder();
        var (exitCode, output) = await BuildAsync(
            "dashboard.targets",
            "FindNode",
            OperatingSystem.IsWindows() ? folder.Name : $"{PathWithoutNode(folder.Name)}"
        );
        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(
            output.Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct().Count(),
            Is.EqualTo(1),
            output
        );
        Assert.That(
            output,
            Does.Contain("DASH001").And.Contain("Install it from https://nodejs.org, or build the API alone with -p:BuildDashboard=false.")
        );
    }

    /// <summary>A folder that contains only the shell with which MSBuild runs commands.</summary>
    private static string PathWithoutNode(string folder)
    {
        File.CreateSymbolicLink(Path.Combine(folder, "sh"), "/bin/sh");
        return folder;
    }

    private static async Task<(int ExitCode, string Output)> BuildAsync(
        string file,
        string target,
        string? path,
        params string[] properties
    )
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        var start = new ProcessStartInfo(dotnet) { RedirectStandardOutput = true };
        foreach (
            var argument in (string[])
                [
                    "msbuild",
                    Repository.PathOf("Roundtable.Api", file),
                    $"-t:{target}",
                    "-p:BuildDashboard=true",
                    "-nologo",
                    "-nodeReuse:false",
                    .. properties,
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = path;
        start.Environment.Remove("UPDATE_CLIENT");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
