using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Roundtable.Tests.Faults;

/// <summary>Counts round trips to SQL Server on the wire: every TDS request (SQL batch, procedure call, transaction) is one.</summary>
internal sealed partial class TdsWatch
{
    private const int Header = 8;
    private const int Transaction = 14;

    private static readonly Dictionary<int, string> Transactions = new()
    {
        [5] = "BEGIN",
        [7] = "COMMIT",
        [8] = "ROLLBACK",
        [9] = "SAVE",
    };

    private readonly ConcurrentQueue<(int Connection, string Text)> requests = [];
    private int connections;

    /// <summary>What happens to a request with this text.</summary>
    public Func<string, Cut> CutAt { get; set; } = _ => Cut.None;

    /// <summary>Returns the statements since the last call.</summary>
    public IReadOnlyList<string> Take() => [.. TakeUnits().SelectMany(u => u)];

    /// <summary>
    /// Returns the statements since the last call that belong to a request which has been answered. Transactions that contain an unrelated
    /// statement are background work, and so are those still open: a request ends its own before it answers.
    /// </summary>
    public IReadOnlyList<string> TakeOfRequest(Func<string, bool> isUnrelated) =>
        [.. TakeUnits().Where(u => (u[0] != "BEGIN" || IsEnd(u[^1])) && !u.Exists(t => isUnrelated(t))).SelectMany(u => u)];

    private List<List<string>> TakeUnits()
    {
        List<List<string>> units = [];
        Dictionary<int, List<string>> open = [];
        while (requests.TryDequeue(out var request))
        {
            if (!open.TryGetValue(request.Connection, out var unit))
            {
                units.Add(unit = []);
            }

            unit.Add(request.Text);
            if (request.Text == "BEGIN")
            {
                open[request.Connection] = unit;
            }
            else if (IsEnd(request.Text))
            {
                open.Remove(request.Connection);
            }
        }

        return units;
    }

    private static bool IsEnd(string text) => text is "COMMIT" or "ROLLBACK";

    /// <summary>For <see cref="TcpProxy.Watch"/>.</summary>
    public Func<ReadOnlyMemory<byte>, Cut> NewConnection()
    {
        var connection = Interlocked.Increment(ref connections);
        List<byte> packets = [];
        List<byte> message = [];
        return data =>
        {
            packets.AddRange(data.Span);
            var cut = Cut.None;
            while (packets.Count >= Header && Size(packets) is var size && packets.Count >= size)
            {
                var (kind, isLast) = (packets[0], (packets[1] & 1) == 1);
                message.AddRange(packets[Header..size]);
                packets.RemoveRange(0, size);
                if (isLast)
                {
                    if (kind is 1 or 3 or Transaction)
                    {
                        var text = Text(kind, [.. message]);
                        requests.Enqueue((connection, text));
                        cut = CutAt(text) is var wanted && wanted != Cut.None ? wanted : cut;
                    }

                    message.Clear();
                }
            }

            return cut;
        };
    }

    private static int Size(List<byte> packets) => (packets[2] << 8) | packets[3];

    // The text starts after the headers, whose length comes first; the longest readable run is the statement.
    private static string Text(int kind, byte[] message)
    {
        var body = message.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(message));
        if (kind == Transaction)
        {
            return Transactions.GetValueOrDefault(BinaryPrimitives.ReadInt16LittleEndian(body), "TRANSACTION");
        }

        var texts = Readable()
            .Matches(Encoding.Unicode.GetString(body))
            .Concat(Readable().Matches(Encoding.Unicode.GetString(body[1..])))
            .Select(m => m.Value);
        return Blank().Replace(texts.MaxBy(t => t.Length) ?? "", " ").Trim();
    }

    [GeneratedRegex(@"[\t\r\n -~]{8,}")]
    private static partial Regex Readable();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
