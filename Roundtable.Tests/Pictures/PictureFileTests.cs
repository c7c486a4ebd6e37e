using System.Text;
using Roundtable.Application.Pictures;

namespace Roundtable.Tests.Pictures;

/// <summary>Which files are pictures, by their content, and what of them is stored.</summary>
[Category("threat-65")]
public sealed class PictureFileTests
{
    private const string Png = "image/png";
    private const string Jpeg = "image/jpeg";
    private const string Webp = "image/webp";

    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("Exif\0\0 48.2082 N <script>alert(1)</script>");

    private static readonly TestCaseData[] Valid =
    [
        new(Png, PictureFiles.Png) { TestName = "PNG" },
        new(Png, PictureFiles.PngOf(1024, 1024)) { TestName = "PNG of the largest size" },
        new(Jpeg, PictureFiles.Jpeg) { TestName = "JPEG" },
        new("image/JPEG", PictureFiles.Jpeg) { TestName = "Type in capitals" },
        new(Webp, PictureFiles.LossyWebp) { TestName = "Lossy WebP" },
        new(Webp, PictureFiles.LosslessWebp) { TestName = "Lossless WebP" },
        new(Webp, PictureFiles.TransparentWebp) { TestName = "WebP with transparency" },
    ];

    private static readonly TestCaseData[] WithMetadata =
    [
        new(Png, PictureFiles.PngWith(("eXIf", Secret), ("tEXt", Secret), ("iCCP", Secret)), PictureFiles.Png) { TestName = "In a PNG" },
        new(Jpeg, PictureFiles.JpegWith(0xE1, Secret), PictureFiles.Jpeg) { TestName = "EXIF in a JPEG" },
        new(Jpeg, PictureFiles.JpegWith(0xFE, Secret), PictureFiles.Jpeg) { TestName = "A comment in a JPEG" },
        new(Webp, PictureFiles.WebpWith(PictureFiles.TransparentWebp, "EXIF", Secret, 0x08), PictureFiles.TransparentWebp)
        {
            TestName = "EXIF in a WebP",
        },
        new(Webp, PictureFiles.WebpWith(PictureFiles.LossyWebp, "XMP ", Secret), PictureFiles.LossyWebp) { TestName = "XMP in a WebP" },
    ];

    private static readonly TestCaseData[] Invalid =
    [
        Refused("not_a_picture", Png, [], "Nothing"),
        Refused("not_a_picture", Png, "<svg xmlns='http://www.w3.org/2000/svg'/>"u8, "SVG"),
        Refused("not_a_picture", Png, "<html><script>alert(1)</script>"u8, "HTML"),
        Refused("not_a_picture", Png, "GIF89a\u0008\0\u0006\0"u8, "GIF"),
        Refused("not_a_picture", Webp, "RIFF\u0004\0\0\0WAVE"u8, "WAVE"),
        Refused("not_a_picture", Webp, "RIFF"u8, "Start of a WebP"),
        Refused("other_type", Png, PictureFiles.Jpeg, "JPEG sent as PNG"),
        Refused("other_type", Jpeg, PictureFiles.LossyWebp, "WebP sent as JPEG"),
        Refused("other_type", "image/svg+xml", PictureFiles.Png, "PNG sent as SVG"),
        Refused("damaged_picture", Png, PictureFiles.Png.AsSpan(0, 8), "Signature of a PNG"),
        Refused("damaged_picture", Png, [.. PictureFiles.Png[..33], .. PictureFiles.Png[^12..]], "PNG without pixels"),
        Refused("damaged_picture", Png, [.. PictureFiles.Png, .. "<script>"u8], "PNG with HTML at its end"),
        Refused("damaged_picture", Png, [.. PictureFiles.Png, .. PictureFiles.Png], "Two PNGs"),
        Refused("damaged_picture", Png, PictureFiles.Changed(PictureFiles.Png, 45, 1, 2, 3), "PNG with a wrong checksum"),
        Refused("damaged_picture", Png, PictureFiles.Changed(PictureFiles.Png, 33, 0xFF, 0xFF, 0xFF, 0xFF), "PNG with a negative length"),
        Refused("damaged_picture", Png, PictureFiles.PngOf(0, 6), "PNG without width"),
        Refused("damaged_picture", Png, PictureFiles.PngWith(("XXXX", Secret)), "PNG with an unknown critical chunk"),
        Refused("too_many_pixels", Png, PictureFiles.PngOf(1025, 1), "Wide PNG"),
        Refused("too_many_pixels", Png, PictureFiles.PngOf(int.MaxValue, int.MaxValue), "PNG of four quintillion pixels"),
        Refused("animated_picture", Png, PictureFiles.PngWith(("acTL", new byte[8])), "Animated PNG"),
        Refused("damaged_picture", Jpeg, [.. PictureFiles.Jpeg, .. "PK\u0003\u0004"u8], "JPEG with an archive at its end"),
        Refused("damaged_picture", Jpeg, [.. PictureFiles.Jpeg[..^2], 0xFF, 0xDA], "JPEG that ends in a head"),
        Refused("damaged_picture", Jpeg, PictureFiles.JpegWith(0xC9, new byte[6]), "JPEG with arithmetic coding"),
        Refused("damaged_picture", Jpeg, [0xFF, 0xD8, 0xFF, 0xD9], "Empty JPEG"),
        Refused("too_many_pixels", Jpeg, PictureFiles.Changed(PictureFiles.Jpeg, FrameOfJpeg + 5, 0xFF, 0xFF), "High JPEG"),
        Refused("damaged_picture", Jpeg, PictureFiles.Changed(PictureFiles.Jpeg, FrameOfJpeg + 5, 0, 0), "JPEG without height"),
        Refused("damaged_picture", Jpeg, ManyScans, "JPEG of a thousand scans"),
        Refused("damaged_picture", Webp, [.. PictureFiles.LossyWebp, .. "<script>"u8], "WebP with HTML at its end"),
        Refused("damaged_picture", Webp, PictureFiles.WebpWith(PictureFiles.LossyWebp, "VP8 ", Secret), "WebP with two pictures"),
        Refused("damaged_picture", Webp, PictureFiles.Changed(PictureFiles.TransparentWebp, 24, 8), "WebP with another size in its head"),
        Refused("too_many_pixels", Webp, PictureFiles.Changed(PictureFiles.LossyWebp, 26, 0xFF, 0x3F), "Wide lossy WebP"),
        Refused("too_many_pixels", Webp, PictureFiles.Changed(PictureFiles.LosslessWebp, 21, 0xFF, 0xFF, 0xFF), "Large lossless WebP"),
        Refused("animated_picture", Webp, PictureFiles.Changed(PictureFiles.TransparentWebp, 20, 0x12), "Animated WebP"),
        Refused("animated_picture", Webp, PictureFiles.WebpWith(PictureFiles.LossyWebp, "ANMF", new byte[24]), "WebP with a frame"),
    ];

    private static int FrameOfJpeg => PictureFiles.Jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);

    private static byte[] ManyScans
    {
        get
        {
            var scan = PictureFiles.Jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
            var again = PictureFiles.Jpeg[scan..^2];
            return [.. PictureFiles.Jpeg[..scan], .. Enumerable.Repeat(again, 1000).SelectMany(s => s), 0xFF, 0xD9];
        }
    }

    [TestCaseSource(nameof(Valid))]
    public void Pictures_AreStoredAsTheyAre(string type, byte[] file) => Assert.That(PictureFile.Clean(type, file).Value, Is.EqualTo(file));

    [TestCaseSource(nameof(WithMetadata))]
    public void Metadata_IsLeftOut(string type, byte[] file, byte[] stored) =>
        Assert.That(PictureFile.Clean(type, file).Value, Is.EqualTo(stored));

    [TestCaseSource(nameof(Invalid))]
    public void OtherFiles_AreRefusedWithTheReason(string code, string type, byte[] file) =>
        Assert.That(PictureFile.Clean(type, file).Error?.Fields?["body"][0].Code, Is.EqualTo(code));

    [TestCaseSource(nameof(Valid))]
    public void TruncatedFiles_AreRefused_AtEveryByte(string type, byte[] file)
    {
        for (var length = 0; length < file.Length; length++)
        {
            Assert.That(PictureFile.Clean(type, file.AsSpan(0, length)).Failed, $"{length} of {file.Length} bytes");
        }
    }

    // Whatever a damaged file is taken for, reading it ends, and throws nothing.
    [TestCaseSource(nameof(Valid))]
    public void DamagedFiles_NeverThrow(string type, byte[] file)
    {
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var wrong in (byte[])[0, 0x7F, 0xFF])
            {
                Assert.DoesNotThrow(() => PictureFile.Clean(type, PictureFiles.Changed(file, at, wrong)));
            }
        }
    }

    private static TestCaseData Refused(string code, string type, ReadOnlySpan<byte> file, string name) =>
        new(code, type, file.ToArray()) { TestName = name };
}
