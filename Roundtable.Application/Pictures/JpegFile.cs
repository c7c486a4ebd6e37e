using System.Buffers;
using System.Buffers.Binary;
using Roundtable.Application.Common;

namespace Roundtable.Application.Pictures;

/// <summary>JPEG (ITU T.81): segments of marker, length and data; after the head of a scan, its compressed pixels.</summary>
internal static class JpegFile
{
    private const int FrameHead = 8;
    private const int AdobeLength = 14;

    /// <summary>
    /// Progressive pictures have some ten scans. A browser decodes the whole picture for each, so that thousands would stop it.
    /// </summary>
    private const int MaxScans = 32;

    private static ReadOnlySpan<byte> Start => [0xFF, 0xD8];

    public static FieldError? CopyPixels(ReadOnlySpan<byte> file, ArrayBufferWriter<byte> pixels)
    {
        pixels.Write(Start);
        var (at, frames, scans) = (Start.Length, 0, 0);
        while (true)
        {
            var rest = file[at..];
            if (rest is [0xFF, 0xD9] && scans > 0)
            {
                pixels.Write(rest);
                return null;
            }

            var length = rest is [0xFF, not 0xFF, _, _, ..] ? BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) : 0;
            var size = length + 2;
            if (length < 2 || size > rest.Length)
            {
                return PictureErrors.Damaged;
            }

            at += size;
            switch (rest[1])
            {
                // Frames of the kinds that browsers show: baseline, extended, progressive.
                case 0xC0 or 0xC1 or 0xC2 when ++frames == 1:
                    if (FrameProblem(rest[4..size]) is { } problem)
                    {
                        return problem;
                    }

                    break;
                // Tables, and how often the compression starts anew.
                case 0xC4 or 0xDB or 0xDD:
                    break;
                // How the colours are stored.
                case 0xEE when length == AdobeLength && rest[4..].StartsWith("Adobe"u8):
                    break;
                case 0xDA when frames == 1 && ++scans <= MaxScans:
                    var scan = LengthOfScan(rest[size..]);
                    (at, size) = (at + scan, size + scan);
                    break;
                // Other applications' data, and comments.
                case (>= 0xE0 and <= 0xEF) or 0xFE:
                    continue;
                default:
                    return PictureErrors.Damaged;
            }

            pixels.Write(rest[..size]);
        }
    }

    private static FieldError? FrameProblem(ReadOnlySpan<byte> frame) =>
        frame is [8, _, _, _, _, 1 or 3 or 4, ..] && frame.Length == FrameHead - 2 + (3 * frame[5])
            ? PictureFile.SizeProblem(BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]))
            : PictureErrors.Damaged;

    // Within the pixels, 0xFF is followed by a zero or a restart marker.
    private static int LengthOfScan(ReadOnlySpan<byte> data)
    {
        for (var at = 0; ; at += 2)
        {
            var next = data[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= data.Length)
            {
                return data.Length;
            }

            at += next;
            if (data[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }
        }
    }
}
