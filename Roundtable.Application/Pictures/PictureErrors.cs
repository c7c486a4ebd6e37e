using Roundtable.Application.Common;

namespace Roundtable.Application.Pictures;

public static class PictureErrors
{
    public static readonly FieldError NotAPicture = new("not_a_picture", "The file is not a PNG, JPEG or WebP picture.");

    public static readonly FieldError OtherType = new("other_type", "The picture is not of the media type that the request names.");

    public static readonly FieldError Damaged = new(
        "damaged_picture",
        "The picture is incomplete or damaged, or something else follows its end."
    );

    public static readonly FieldError Animated = new("animated_picture", "The picture must not be animated.");

    public static readonly FieldError TooManyPixels = new(
        "too_many_pixels",
        $"The picture must have at most {PictureFile.MaxSide} x {PictureFile.MaxSide} pixels.",
        Max: PictureFile.MaxSide
    );

    public static Error NotFound(string userId) => Errors.NotFound("picture", userId);
}
