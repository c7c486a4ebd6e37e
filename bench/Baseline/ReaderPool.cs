using System.Collections.Concurrent;

namespace Roundtable.Bench.Baseline;

/// <summary>Pools readers for reuse; grows to the highest concurrency and lives as long as the process.</summary>
internal sealed class ReaderPool(string connectionString)
{
    private readonly ConcurrentQueue<PreparedReader> idle = new();

    public PreparedReader Rent() => idle.TryDequeue(out var reader) ? reader : new PreparedReader(connectionString);

    public void Return(PreparedReader reader) => idle.Enqueue(reader);
}
