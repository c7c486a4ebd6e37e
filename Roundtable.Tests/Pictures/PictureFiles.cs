using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Pictures;

/// <summary>Pictures of 8 x 6 pixels, and what can be wrong with them.</summary>
internal static class PictureFiles
{
    /// <summary>Longer than the limit, and otherwise a valid picture.</summary>
    public static readonly Lazy<byte[]> TooLong = new(() => PngWith(("tEXt", new byte[257 * 1024])));

    public static byte[] Png { get; } = PngOf(8, 6);

    public static byte[] Jpeg { get; } =
        Convert.FromBase64String(
            "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhC"
                + "Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAGAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAA"
                + "AAAAAAX/xAAXEAEAAwAAAAAAAAAAAAAAAAAABEKB/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwX/xAAbEQABBAMAAAAAAAAAAAAAAAAAAgSBsQEzNP/aAAwD"
                + "AQACEQMRAD8AkSq6AsMOdM3kV7vVFH//2Q=="
        );

    public static byte[] LossyWebp { get; } =
        Convert.FromBase64String(
            "UklGRkoAAABXRUJQVlA4ID4AAAAwAgCdASoIAAYAAsBMJagCdHIAq//cAAcGAAD+7ohqk+jtGPtjx6aQ/+W+p/HppD6k/ZtnLdNeT0Hd7QAAAA=="
        );

    public static byte[] LosslessWebp { get; } = Convert.FromBase64String("UklGRiIAAABXRUJQVlA4TBUAAAAvB0ABAA8wM5/J/Bnz/EcL+hDR/wAA");

    public static byte[] TransparentWebp { get; } =
        Convert.FromBase64String(
            "UklGRmgAAABXRUJQVlA4WAoAAAAQAAAABwAABQAAQUxQSBEAAAABDzCAERECIIgE/70mIvofAgBWUDggMAAAALABAJ0BKggABgACwEwlqAJ0R/+CwAAA/vBT"
                + "H1tzV0weX/4//g7rqTH4R/wd11AAAA=="
        );

    /// <summary>Uploads a picture as the browser's user.</summary>
    public static Task<Answer> UploadAsync(
        this Browser browser,
        byte[] file,
        string type = "image/png",
        params (string, string)[] headers
    ) => browser.PutAsync("/users/me/picture", Wire.Body(file, type), headers);

    /// <summary>A PNG of any size in its head, with the pixels of the given one.</summary>
    public static byte[] PngOf(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", header), .. Chunk("IDAT", Pixels()), .. Chunk("IEND", [])];
    }

    /// <summary>The PNG with further chunks after its head.</summary>
    public static byte[] PngWith(params (string Type, byte[] Data)[] chunks) =>
        [.. Png[..33], .. chunks.SelectMany(c => Chunk(c.Type, c.Data)), .. Png[33..]];

    /// <summary>The JPEG with a further segment at its start.</summary>
    public static byte[] JpegWith(byte marker, byte[] data) =>
        [0xFF, 0xD8, 0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data, .. Jpeg[2..]];

    /// <summary>The WebP with further chunks at its end.</summary>
    public static byte[] WebpWith(byte[] webp, string type, byte[] data, byte flag = 0)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length % 2]];
        byte[] file = [.. webp, .. chunk];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        file[20] |= flag;
        return file;
    }

    public static byte[] Changed(byte[] file, int at, params byte[] bytes)
    {
        var copy = file.ToArray();
        bytes.CopyTo(copy, at);
        return copy;
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32.HashToUInt32(named));
        return [.. length, .. named, .. check];
    }

    private static byte[] Pixels()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(new byte[6 * (1 + (3 * 8))]);
        }

        return packed.ToArray();
    }
}
