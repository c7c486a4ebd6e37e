using System.Globalization;
using System.Text.RegularExpressions;
using Roundtable.Application.Common;

namespace Roundtable.Application.Profiles;

/// <summary>A configured extra field and its validation rules.</summary>
public sealed class ProfileField
{
    public const int DefaultLength = 100;

    private const string DateFormat = "yyyy-MM-dd";

    private readonly ProfileFieldOptions options;
    private readonly int maxLength;
    private readonly Regex? pattern;

    public ProfileField(string name, ProfileFieldOptions options)
    {
        this.options = options;
        Name = name;
        maxLength = options.MaxLength ?? DefaultLength;
        pattern = options.Pattern is { } text ? Whole(text) : null;
    }

    public string Name { get; }

    /// <summary>The name that distinguishes it from other members in errors and the audit log.</summary>
    public string Path => PathOf(Name);

    public bool IsPublic => options.VisibleTo == ProfileFieldViewer.Public;

    public static string PathOf(string name) => $"extra.{name}";

    /// <summary>
    /// Creates a regex that must match the whole text. Matching takes linear time for any input; throws if the pattern does not allow
    /// that.
    /// </summary>
    public static Regex Whole(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public bool IsWritableBy(ProfileFieldWriter writer) =>
        writer == ProfileFieldWriter.Admin || options.WritableBy == ProfileFieldWriter.User;

    /// <summary>Whether the value has the field's type; values stored before a configuration change may have another.</summary>
    public bool IsOfKind(ProfileValue value) =>
        (options.Type, value.Content) switch
        {

            (ProfileFieldType.String or ProfileFieldType.Choice, string)
            or
            (ProfileFieldType.Number, decimal)
            or (ProfileFieldType.Boolean, bool) => true,
            (ProfileFieldType.Date, string text) => IsDate(text),
            _ => false,
        };

    /// <summary>Returns why the field cannot hold the value; null if it can.</summary>
    public FieldError? Problem(ProfileValue value) =>
        (options.Type, value.Content) switch
        {
            (_, null) => null,
            (ProfileFieldType.String, string text) => TextProblem(text),
            (ProfileFieldType.Number, decimal number) => NumberProblem(number),
            (ProfileFieldType.Boolean, bool) => null,
            (ProfileFieldType.Date, string text) => IsDate(text)
                ? null
                : new FieldError("not_a_date", "This is not a date such as 2026-11-22."),
            (ProfileFieldType.Choice, string text) => ChoiceProblem(text),
            _ => FieldErrors.WrongType,
        };

    /// <summary>Parses a value from a text-only format such as CSV; text that does not match the field's type stays a string.</summary>
    public ProfileValue Parse(string text) =>
        options.Type switch
        {
            ProfileFieldType.Number when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                new ProfileValue(number),
            ProfileFieldType.Boolean when text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase) => new ProfileValue(true),
            ProfileFieldType.Boolean when text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase) => new ProfileValue(
                false
            ),
            _ => new ProfileValue(text),
        };

    public ProfileFieldDto ToDto() =>
        new()
        {
            Name = Name,
            Type = options.Type,
            Label = options.Label ?? Name,
            Labels = new Dictionary<string, string>(options.Labels),
            MaxLength = options.Type == ProfileFieldType.String ? maxLength : null,
            Pattern = options.Pattern,
            Min = options.Min,
            Max = options.Max,
            Choices = [.. options.Choices],
            WritableBy = options.WritableBy,
            VisibleTo = options.VisibleTo,
        };

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Invariant(decimal? bound) => bound?.ToString(CultureInfo.InvariantCulture) ?? "";

    private FieldError? TextProblem(string text) =>
        text switch
        {
            _ when ProfileRules.IsBlank(text) => FieldErrors.Blank("text"),
            _ when text.Length > maxLength => FieldErrors.TooLong("text", maxLength),
            _ when ProfileRules.Text(text) is { } reason => reason,
            _ when pattern?.IsMatch(text) == false => new FieldError("pattern", "The text does not have the required form."),
            _ => null,
        };

    private FieldError? NumberProblem(decimal number)
    {
        if (!(number < options.Min) && !(number > options.Max))
        {
            return null;
        }

        var (least, most) = (Invariant(options.Min), Invariant(options.Max));
        return (options.Min, options.Max) switch
        {
            (null, _) => new FieldError("at_most", $"The number must be at most {most}.", Max: options.Max),
            (_, null) => new FieldError("at_least", $"The number must be at least {least}.", Min: options.Min),
            _ => new FieldError("range", $"The number must be {least} to {most}.", options.Min, options.Max),
        };
    }

    private FieldError? ChoiceProblem(string text) => options.Choices.Contains(text) ? null : FieldErrors.NotListed(options.Choices);
}
