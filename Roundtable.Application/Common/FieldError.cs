namespace Roundtable.Application.Common;

/// <summary>Why a value is rejected: a code and limits for programs, a sentence for people.</summary>
/// <param name="Code">Stable, in snake_case; <c>invalid</c> if there is no more specific one.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Min">The smallest accepted length, number or count; null if that is not the reason.</param>
/// <param name="Max">The largest accepted length, number or count; null if that is not the reason.</param>
/// <param name="Value">Which of several values is rejected, shortened; null if the field has one.</param>
public sealed record FieldError(string Code, string Message, decimal? Min = null, decimal? Max = null, string? Value = null)
{
    /// <summary>The part for programs.</summary>
    public FieldReason Reason => new(Code, Min, Max, Value);

    public override string ToString() => Message;
}

/// <summary>Why a value was rejected, for clients that write their own message.</summary>
/// <param name="Code">A stable snake_case code; <c>invalid</c> if nothing more specific applies.</param>
/// <param name="Min">The minimum length, number or count; null if not applicable.</param>
/// <param name="Max">The maximum; null if not applicable.</param>
/// <param name="Value">The rejected value, of a field with several values; shortened if it is long. Null if not applicable.</param>
public sealed record FieldReason(string Code, decimal? Min = null, decimal? Max = null, string? Value = null);

/// <summary>Field errors that more than one rule returns.</summary>
public static class FieldErrors
{
    private const int ShownLength = 64;

    public static readonly FieldError Invalid = new("invalid", "The value is not valid.");
    public static readonly FieldError WrongType = new("wrong_type", "The value has the wrong type.");
    public static readonly FieldError NotAnAddress = new("not_an_address", "This is not an e-mail address.");
    public static readonly FieldError InvalidUnicode = new("bad_characters", "The text is not valid Unicode.");
    public static readonly FieldError BanInThePast = new("in_the_past", "The ban must end in the future.");
    public static readonly FieldError NoSuchRole = new("not_found", "There is no such role.");
    public static readonly FieldError NoSuchAction = new("not_found", "There is no such action.");
    public static readonly FieldError NoSuchMember = new("unknown_member", "There is no such member.");

    public static FieldError Blank(string what) => new("blank", $"The {what} must not be blank.");

    public static FieldError TooLong(string what, int max) => new("too_long", $"The {what} must have at most {max} characters.", Max: max);

    /// <summary>For one of several names, which is shown.</summary>
    public static FieldError Unknown(string what, string? name) =>
        new("not_found", $"There is no {what} '{Shown(name, ShownLength)}'.", Value: Shown(name, ShownLength));

    /// <summary>A rejected value for the answer, which must not repeat a whole file that was pasted by mistake.</summary>
    public static string? Shown(string? value, int length) => value?.Length > length ? $"{value[..length]}…" : value;

    /// <summary>For a value that is none of a closed set.</summary>
    public static FieldError NotListed(IEnumerable<string> choices) =>
        new("not_listed", $"The value must be one of: {string.Join(", ", choices)}.");
}
