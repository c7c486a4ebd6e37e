using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Roundtable.Api.Common;

/// <summary>Checks that bodies and files are UTF-8. Others are rejected: decoders would insert replacement characters.</summary>
internal static class Utf8Text
{
    public const string NotUtf8 = "This is not UTF-8.";
    public const string IsUtf16 = "This is UTF-16.";

    private const int BufferSize = 64 * 1024;

    /// <summary>Describes the encoding of a body that is not UTF-8; null if it is UTF-8.</summary>
    public static string? Problem(ReadOnlySpan<byte> bytes) =>
        BeginsAsUtf16(bytes) ? IsUtf16
        : Utf8.IsValid(bytes) ? null
        : NotUtf8;

    /// <summary>Removes the byte order mark that some editors write.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;

    /// <summary>Finds the first line of a file that is not UTF-8, and its problem; null if all of it is UTF-8. Reads to the end.</summary>
    public static async Task<(int Line, string Problem)?> FindProblemAsync(Stream file, CancellationToken ct)
    {
        var (bytes, chars) = (new byte[BufferSize], new char[BufferSize]);
        for (var (line, kept, isStart) = (1, 0, true); ; isStart = false)
        {
            var length = kept + await file.ReadAtLeastAsync(bytes.AsMemory(kept), BufferSize - kept, throwOnEndOfStream: false, ct);
            if (isStart && BeginsAsUtf16(bytes.AsSpan(0, length)))
            {
                return (line, IsUtf16);
            }

            var isEnd = length < BufferSize;
            var status = Utf8.ToUtf16(bytes.AsSpan(0, length), chars, out var read, out var written, replaceInvalidSequences: false, isEnd);
            line += chars.AsSpan(0, written).Count('\n');
            if (status == OperationStatus.InvalidData)
            {
                return (line, NotUtf8);
            }

            if (isEnd)
            {
                return null;
            }

            // A character that the next chunk completes.
            bytes.AsSpan(read, length - read).CopyTo(bytes);
            kept = length - read;
        }
    }

    // With a byte order mark, or text that begins with an ASCII character.
    private static bool BeginsAsUtf16(ReadOnlySpan<byte> bytes) =>
        bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, not 0, ..] or [not 0, 0, ..];
}
