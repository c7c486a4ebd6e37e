using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Roundtable.Application.Common;

namespace Roundtable.Application.Pictures;

/// <summary>PNG (RFC 2083): a signature, then chunks of length, type, data and CRC.</summary>
internal static class PngFile
{
    private const int ChunkFrame = 12;
    private const int HeaderLength = 13;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static FieldError? CopyPixels(ReadOnlySpan<byte> file, ArrayBufferWriter<byte> pixels)
    {
        pixels.Write(Signature);
        var hasPixels = false;
        for (var rest = file[Signature.Length..]; ; )
        {
            var length = rest.Length < ChunkFrame ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkFrame)
            {
                return PictureErrors.Damaged;
            }

            var chunk = rest[..(ChunkFrame + (int)length)];
            rest = rest[chunk.Length..];
            if (Crc32.HashToUInt32(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
            {
                return PictureErrors.Damaged;
            }

            var isFirst = pixels.WrittenCount == Signature.Length;
            switch (Encoding.ASCII.GetString(chunk[4..8]))
            {
                case "IHDR" when isFirst:
                    if (HeaderProblem(chunk[8..^4]) is { } problem)
                    {
                        return problem;
                    }

                    break;
                case "PLTE" or "tRNS" when !isFirst:
                    break;
                case "IDAT" when !isFirst:
                    hasPixels = true;
                    break;
                case "IEND" when hasPixels && length == 0 && rest.IsEmpty:
                    pixels.Write(chunk);
                    return null;
                case "acTL" or "fcTL" or "fdAT":
                    return PictureErrors.Animated;
                // A lower-case letter marks what a reader may skip.
                case [>= 'a' and <= 'z', ..] when !isFirst:
                    continue;
                default:
                    return PictureErrors.Damaged;
            }

            pixels.Write(chunk);
        }
    }

    private static FieldError? HeaderProblem(ReadOnlySpan<byte> header)
    {
        if (header.Length != HeaderLength)
        {
            return PictureErrors.Damaged;
        }

        var isKnown =
            (Bits: header[8], Colour: header[9]) is (1 or 2 or 4 or 8 or 16, 0) or (8 or 16, 2 or 4 or 6) or (1 or 2 or 4 or 8, 3)
            && header[10..] is [0, 0, 0 or 1];
        return isKnown
            ? PictureFile.SizeProblem(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]))
            : PictureErrors.Damaged;
    }
}
