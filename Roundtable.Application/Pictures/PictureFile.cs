using System.Buffers;
using Roundtable.Application.Common;

namespace Roundtable.Application.Pictures;

/// <summary>
/// Checks an uploaded file by its content and reduces it to its pixels: places and devices (EXIF), texts, previews and colour profiles
/// are left out. The structure is read to the end of the file, without decoding the pixels.
/// </summary>
public static class PictureFile
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>The largest width and height, in pixels.</summary>
    public const int MaxSide = 1024;

    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Webp = "image/webp";

    private delegate FieldError? Copier(ReadOnlySpan<byte> file, ArrayBufferWriter<byte> pixels);

    /// <summary>Returns the file to store. Errors: <c>validation_failed</c>.</summary>
    /// <param name="mediaType">The type that the request names; another content is rejected.</param>
    public static Result<byte[]> Clean(string mediaType, ReadOnlySpan<byte> file)
    {
        var (found, copy) = Detect(file);
        var pixels = new ArrayBufferWriter<byte>(Math.Max(1, file.Length));
        var problem =
            copy is null ? PictureErrors.NotAPicture
            : !string.Equals(found, mediaType, StringComparison.OrdinalIgnoreCase) ? PictureErrors.OtherType
            : copy(file, pixels);
        return problem is null ? pixels.WrittenSpan.ToArray() : Errors.Invalid("body", problem);
    }

    /// <summary>The reason why a picture of this size is rejected; null if there is none.</summary>
    internal static FieldError? SizeProblem(long width, long height) =>
        width == 0 || height == 0 ? PictureErrors.Damaged
        : Math.Max(width, height) > MaxSide ? PictureErrors.TooManyPixels
        : null;

    private static (string? MediaType, Copier? Copy) Detect(ReadOnlySpan<byte> file) =>
        file.StartsWith(PngFile.Signature) ? (Png, PngFile.CopyPixels)
        : file is [0xFF, 0xD8, 0xFF, ..] ? (Jpeg, JpegFile.CopyPixels)
        : file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..12].SequenceEqual("WEBP"u8) ? (Webp, WebpFile.CopyPixels)
        : (null, null);
}
