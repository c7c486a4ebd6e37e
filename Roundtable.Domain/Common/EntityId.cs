using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Roundtable.Domain.Common;

/// <summary>Creates and validates entity ids: version-7 GUIDs as 32 lower-case hex digits, ordered by creation time.</summary>
public static class EntityId
{
    public const int Length = 32;

    private static readonly SearchValues<char> LowerHexDigits = SearchValues.Create("0123456789abcdef");
    private static long count = Random.Shared.NextInt64(1L << 41);

    /// <summary>Creates an id. Ids that one process creates for the same millisecond, or for later ones, sort in creation order.</summary>
    public static string New(DateTime nowUtc) => Format(Milliseconds(nowUtc), Interlocked.Increment(ref count));

    /// <summary>Returns a lower bound for ids created at or after the time.</summary>
    public static string Lowest(DateTime timeUtc) => Bound(Milliseconds(timeUtc));

    /// <summary>Returns an exclusive upper bound for ids created at or before the time.</summary>
    public static string Beyond(DateTime timeUtc) => Bound(Milliseconds(timeUtc) + 1);

    /// <summary>Returns the time at which the id was created (UTC).</summary>
    public static DateTime TimeOf(string id) =>
        DateTime.UnixEpoch.AddMilliseconds(long.Parse(id.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public static bool IsValid(string? id) => id is { Length: Length } && !id.AsSpan().ContainsAnyExcept(LowerHexDigits);

    private static long Milliseconds(DateTime timeUtc) =>
        Math.Max(0, (timeUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);

    // The 12 bits after the version and the 30 after the variant are a per-process counter; the last 32 distinguish processes.
    private static string Format(long millisecond, long count)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)millisecond << 16) | 0x7000u | ((ulong)(count >> 30) & 0xFFF));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], 0x8000_0000u | ((uint)count & 0x3FFF_FFFF));
        RandomNumberGenerator.Fill(bytes[12..]);
        return Convert.ToHexStringLower(bytes);
    }

    private static string Bound(long millisecond) => $"{millisecond:x12}{new string('0', Length - 12)}";
}
