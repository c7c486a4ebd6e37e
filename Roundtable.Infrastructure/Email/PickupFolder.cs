using Microsoft.Extensions.Hosting;

namespace Roundtable.Infrastructure.Email;

/// <summary>The folder of the transport <c>Pickup</c>.</summary>
internal static class PickupFolder
{
    public static string Resolve(IHostEnvironment environment, PickupOptions options) =>
        Path.GetFullPath(options.Directory, environment.ContentRootPath);

    /// <summary>Creates the folder and tests it; returns the reason if it is not writable.</summary>
    public static string? Probe(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}.tmp");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }
}
