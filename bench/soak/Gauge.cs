using System.Globalization;

namespace Roundtable.Bench.Soak;

/// <summary>Samples the resource usage of a process (Linux).</summary>
internal sealed class Gauge(int processId)
{
    public List<Reading> Readings { get; } = [];

    public async Task WatchAsync(TimeSpan every, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            Readings.Add(Read());
            await Task.Delay(every, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Reading Read()
    {
        var status = File.ReadLines($"/proc/{processId}/status").Select(l => l.Split(':', 2)).ToDictionary(l => l[0], l => l[1].Trim());
        var handles = Directory.GetFileSystemEntries($"/proc/{processId}/fd").Select(f => new FileInfo(f).LinkTarget ?? "").ToList();
        return new Reading(
            int.Parse(status["VmRSS"].Split(' ')[0], CultureInfo.InvariantCulture) / 1024d,
            handles.Count,
            handles.Count(h => h.StartsWith("socket:", StringComparison.Ordinal)),
            handles.Count(h => h.EndsWith(".db", StringComparison.Ordinal)),
            int.Parse(status["Threads"], CultureInfo.InvariantCulture)
        );
    }
}

/// <summary>The resource usage of a process at one moment.</summary>
/// <param name="Megabytes">Resident memory.</param>
/// <param name="Handles">Open files, including sockets.</param>
/// <param name="Sockets">Connections and listening sockets.</param>
/// <param name="Databases">Connections to the database file.</param>
internal sealed record Reading(double Megabytes, int Handles, int Sockets, int Databases, int Threads);
