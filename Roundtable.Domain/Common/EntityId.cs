using System.Buffers;
using System.Buffers.Binary;

namespace Roundtable.Domain.Common;

/// <summary>Makes and recognises entity ids: version-7 GUIDs as 32 lower-case hex digits, ordered by creation time.</summary>
public static class EntityId
{
    public const int Length = 32;

    private static readonly SearchValues<char> LowerHexDigits = SearchValues.Create("0123456789abcdef");
    private static readonly Lock Gate = new();
    private static long lastMillisecond;
    private static ushort sequence;

    /// <summary>A new id. Ids made by one process never sort before earlier ones, also within a millisecond.</summary>
    public static string New(DateTime nowUtc)
    {
        var millisecond = (nowUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);

        lock (Gate)
        {
            // The 12 bits after the version count within a millisecond; when they run out the clock is nudged on.
            if (millisecond > lastMillisecond || lastMillisecond - millisecond > 1000)
            {
                (lastMillisecond, sequence) = (millisecond, 0);
            }
            else if (++sequence > 0xFFF)
            {
                (lastMillisecond, sequence) = (lastMillisecond + 1, 0);
            }

            BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)lastMillisecond << 16) | 0x7000u | sequence);
        }

        return Convert.ToHexStringLower(bytes);
    }

    public static bool IsValid(string? id) =>
        id is { Length: Length } && !id.AsSpan().ContainsAnyExcept(LowerHexDigits);
}
