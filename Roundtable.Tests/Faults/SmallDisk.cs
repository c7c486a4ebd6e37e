using System.Diagnostics;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Faults;

/// <summary>An in-memory disk of a few megabytes that can be filled and made read-only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder folder = new();

    private SmallDisk() { }

    public string Folder => folder.Name;

    private string Filler => folder.PathOf("filler");

    private string Database => folder.PathOf(Path.Combine("App_Data", "roundtable.db"));

    /// <summary>Mounts the disk; skips the test, with the reason, if not permitted.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var disk = new SmallDisk();
        if (
            !OperatingSystem.IsLinux()
            || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Folder) is { Length: > 0 } problem && problem != "ok"
        )
        {
            disk.folder.Dispose();
            Assert.Ignore("A small disk cannot be mounted here (it takes Linux and the right to mount).");
        }

        return disk;
    }

    /// <summary>Leaves no free space.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var block = new byte[64 * 1024]; ; )
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    public void Free() => File.Delete(Filler);

    /// <summary>Makes the disk read-only under a running server.</summary>
    /// <param name="touch">Makes the server notice that its database is missing.</param>
    public async Task TurnReadOnlyAsync(ServerProcess server, Func<Task> touch)
    {
        Move(Database, folder.PathOf("away"));
        for (var waited = Stopwatch.StartNew(); server.HasOpen(folder.Name); await Task.Delay(20))
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "The server still uses a deleted database");
            await touch();
        }

        server.Freeze();
        Move(folder.PathOf("away"), Database);
        var outcome = Run("mount", "-o", "remount,ro", folder.Name);
        server.Thaw();
        Assert.That(outcome, Is.EqualTo("ok"));
    }

    public void TurnWritable() => Assert.That(Run("mount", "-o", "remount,rw", folder.Name), Is.EqualTo("ok"));

    public void Dispose()
    {
        Run("umount", "-l", folder.Name);
        folder.Dispose();
    }

    // The WAL and its index are part of the database.
    private static void Move(string from, string to)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["-shm", "-wal", ""])
        {
            if (File.Exists(from + suffix))
            {
                File.Move(from + suffix, to + suffix);
            }
        }
    }

    /// <summary>Returns "ok" or the error.</summary>
    private static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "ok" : $"{program}: {errors}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
