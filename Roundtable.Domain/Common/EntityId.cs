using System.Buffers;
using System.Buffers.Binary;

namespace Roundtable.Domain.Common;

/// <summary>Makes and recognises entity ids: version-7 GUIDs as 32 lower-case hex digits, ordered by creation time.</summary>
public static class EntityId
{
    public const int Length = 32;

    // How many milliseconds ids may run ahead of a clock that was set back.
    private const int MaxLead = 1000;

    private static readonly SearchValues<char> LowerHexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly Lock Gate = new();
    private static long lastMillisecond;
    private static ushort sequence;

    /// <summary>A new id. Ids made by one process never sort before earlier ones, also within a millisecond.</summary>
    public static string New(DateTime nowUtc)
    {
        var millisecond = Milliseconds(nowUtc);
        lock (Gate)
        {
            // The 12 bits after the version count within a millisecond; when they run out the clock is nudged on.
            if (millisecond > lastMillisecond || lastMillisecond - millisecond > MaxLead)
            {
                (lastMillisecond, sequence) = (millisecond, 0);
            }
            else if (++sequence > 0xFFF)
            {
                (lastMillisecond, sequence) = (lastMillisecond + 1, 0);
            }

            return Format(lastMillisecond, sequence);
        }
    }

    /// <summary>
    /// A new id for what came to be earlier, such as an imported account. The count of <see cref="New"/> goes on where it was.
    /// </summary>
    public static string NewAt(DateTime timeUtc) => Format(Milliseconds(timeUtc), (ushort)Random.Shared.Next(0x1000));

    /// <summary>No id made at the time or later sorts before this one.</summary>
    public static string Lowest(DateTime timeUtc) => Bound(Milliseconds(timeUtc));

    /// <summary>Every id made at the time or earlier sorts before this one.</summary>
    public static string Beyond(DateTime timeUtc) => Bound(Milliseconds(timeUtc) + MaxLead + 2);

    public static bool IsValid(string? id) =>
        id is { Length: Length } && !id.AsSpan().ContainsAnyExcept(LowerHexDigits);

    private static long Milliseconds(DateTime timeUtc) => Math.Max(0, (timeUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);

    private static string Format(long millisecond, ushort count)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)millisecond << 16) | 0x7000u | count);
        return Convert.ToHexStringLower(bytes);
    }

    private static string Bound(long millisecond) => $"{millisecond:x12}{new string('0', Length - 12)}";
}
