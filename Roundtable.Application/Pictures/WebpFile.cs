using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Roundtable.Application.Common;

namespace Roundtable.Application.Pictures;

/// <summary>WebP (RFC 9649): a RIFF header, then chunks of name, length, data and, after an odd length, a zero.</summary>
internal static class WebpFile
{
    private const int FileHead = 12;
    private const int ChunkHead = 8;

    // Of the flags in VP8X only this one remains: the others announce what is left out.
    private const byte HasAlpha = 0x10;
    private const byte IsAnimated = 0x02;

    public static FieldError? CopyPixels(ReadOnlySpan<byte> file, ArrayBufferWriter<byte> pixels)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) != file.Length - 8)
        {
            return PictureErrors.Damaged;
        }

        var kept = new ArrayBufferWriter<byte>(file.Length);
        ((int, int)? canvas, (int, int)? picture) = (null, null);
        for (var rest = file[FileHead..]; !rest.IsEmpty; )
        {
            var length = rest.Length < ChunkHead ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var size = ChunkHead + (long)length + (length & 1);
            if (size > rest.Length)
            {
                return PictureErrors.Damaged;
            }

            var chunk = rest[..(int)size];
            var data = rest.Slice(ChunkHead, (int)length);
            rest = rest[chunk.Length..];
            switch (Encoding.ASCII.GetString(chunk[..4]))
            {
                case "VP8X" when kept.WrittenCount == 0 && length == 10:
                    if ((data[0] & IsAnimated) != 0)
                    {
                        return PictureErrors.Animated;
                    }

                    canvas = (1 + Number(data[4..7]), 1 + Number(data[7..10]));
                    kept.Write(chunk);
                    continue;
                case "ANIM" or "ANMF":
                    return PictureErrors.Animated;
                case "ALPH" when canvas is not null && picture is null:
                    kept.Write(chunk);
                    continue;
                case "VP8 " when picture is null:
                    picture = SizeOfLossy(data);
                    break;
                case "VP8L" when picture is null:
                    picture = SizeOfLossless(data);
                    break;
                case "VP8X" or "ALPH" or "VP8 " or "VP8L":
                    return PictureErrors.Damaged;
                // EXIF, XMP, ICCP and what is unknown.
                default:
                    continue;
            }

            if (picture is not var (width, height) || (canvas is { } wanted && wanted != (width, height)))
            {
                return PictureErrors.Damaged;
            }

            if (PictureFile.SizeProblem(width, height) is { } problem)
            {
                return problem;
            }

            kept.Write(chunk);
        }

        if (picture is null)
        {
            return PictureErrors.Damaged;
        }

        Write(kept.WrittenSpan, pixels);
        return null;
    }

    private static void Write(ReadOnlySpan<byte> chunks, ArrayBufferWriter<byte> pixels)
    {
        pixels.Write("RIFF"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(pixels.GetSpan(4), (uint)(chunks.Length + 4));
        pixels.Advance(4);
        pixels.Write("WEBP"u8);
        var copy = pixels.GetSpan(chunks.Length)[..chunks.Length];
        chunks.CopyTo(copy);
        if (chunks.StartsWith("VP8X"u8))
        {
            copy[ChunkHead] &= HasAlpha;
        }

        pixels.Advance(chunks.Length);
    }

    // A key frame (bit 0 is clear) with the length of its first part, a mark, and two numbers of 14 bits.
    private static (int Width, int Height)? SizeOfLossy(ReadOnlySpan<byte> data) =>
        data is [_, _, _, 0x9D, 0x01, 0x2A, _, _, _, _, ..] && (data[0] & 1) == 0 && (Number(data[..3]) >> 5) <= data.Length - 10
            ? (Number(data[6..8]) & 0x3FFF, Number(data[8..10]) & 0x3FFF)
            : null;

    // A mark, two numbers of 14 bits, a bit for transparency, and a version, which is 0.
    private static (int Width, int Height)? SizeOfLossless(ReadOnlySpan<byte> data) =>
        data is [0x2F, _, _, _, _, _, ..] && data[4] >> 5 == 0
            ? (1 + (Number(data[1..3]) & 0x3FFF), 1 + ((Number(data[1..5]) >> 14) & 0x3FFF))
            : null;

    private static int Number(ReadOnlySpan<byte> littleEndian)
    {
        var number = 0;
        for (var i = littleEndian.Length - 1; i >= 0; i--)
        {
            number = (number << 8) | littleEndian[i];
        }

        return number;
    }
}
