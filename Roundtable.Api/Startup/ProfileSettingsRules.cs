using System.Text.RegularExpressions;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;

namespace Roundtable.Api.Startup;

/// <summary>Validates the settings of custom profile fields.</summary>
internal static partial class ProfileSettingsRules
{
    private const string Fields = "Profile:Fields";
    private const int LongestText = 1000;
    private const int LongestName = 100;
    private const int MostChoices = 100;

    // A character takes up to six in the stored JSON; with this limit, everything that can be configured fits next to the values
    // of former fields.
    private const int LongestTogether = 4000;
    private const int OtherLength = 32;

    public static IEnumerable<ConfigurationProblem> Check(ProfileOptions profile) =>
        [
            .. profile.Fields.SelectMany(f => Check($"{Fields}:{f.Key}", f.Key, f.Value)),
            .. Unless(profile.Fields.Count <= ProfileFields.MaxCount, Fields, $"may hold {ProfileFields.MaxCount} fields at the most"),
            .. Unless(
                profile.Fields.Values.Sum(Length) <= LongestTogether,
                Fields,
                $"may hold {LongestTogether} characters at the most, all fields together (a text counts its MaxLength, a choice "
                    + $"its longest, others {OtherLength})"
            ),
        ];

    private static IEnumerable<ConfigurationProblem> Check(string key, string name, ProfileFieldOptions field) =>
        [
            .. Unless(FieldName().IsMatch(name), key, "must have a name of 1 to 32 letters and digits that begins with a small letter"),
            .. Unless(Enum.IsDefined(field.Type), $"{key}:Type", OneOf<ProfileFieldType>()),
            .. Unless(Enum.IsDefined(field.WritableBy), $"{key}:WritableBy", OneOf<ProfileFieldWriter>()),
            .. Unless(Enum.IsDefined(field.VisibleTo), $"{key}:VisibleTo", OneOf<ProfileFieldViewer>()),
            .. Unless(field.Label is null || IsName(field.Label), $"{key}:Label", Name),
            .. field.Labels.SelectMany(l =>
                Unless(
                    ProfileRules.Locale(l.Key) is null,
                    $"{key}:Labels:{l.Key}",
                    "must be named by a BCP 47 language tag, such as de or de-AT"
                )
            ),
            .. field.Labels.SelectMany(l => Unless(IsName(l.Value), $"{key}:Labels:{l.Key}", Name)),
            .. CheckText(key, field),
            .. CheckNumber(key, field),
            .. CheckChoices(key, field),
        ];

    private static IEnumerable<ConfigurationProblem> CheckText(string key, ProfileFieldOptions field)
    {
        var isText = field.Type == ProfileFieldType.String;
        return
        [
            .. Unless(isText || field.MaxLength is null, $"{key}:MaxLength", For(ProfileFieldType.String)),
            .. Unless(isText || field.Pattern is null, $"{key}:Pattern", For(ProfileFieldType.String)),
            .. Unless(field.MaxLength is null or (>= 1 and <= LongestText), $"{key}:MaxLength", $"must be 1 to {LongestText}"),
            .. Unless(
                field.Pattern is null || IsPattern(field.Pattern),
                $"{key}:Pattern",
                "must be a regular expression that matches in linear time: no look-around, no back-reference"
            ),
        ];
    }

    private static IEnumerable<ConfigurationProblem> CheckNumber(string key, ProfileFieldOptions field)
    {
        var isNumber = field.Type == ProfileFieldType.Number;
        return
        [
            .. Unless(isNumber || field.Min is null, $"{key}:Min", For(ProfileFieldType.Number)),
            .. Unless(isNumber || field.Max is null, $"{key}:Max", For(ProfileFieldType.Number)),
            .. Unless(!(field.Min > field.Max), $"{key}:Min", "must not be more than Max"),
        ];
    }

    private static IEnumerable<ConfigurationProblem> CheckChoices(string key, ProfileFieldOptions field)
    {
        var choices = field.Choices;
        return field.Type == ProfileFieldType.Choice
            ?
            [
                .. Unless(
                    choices.Count is >= 1 and <= MostChoices,
                    $"{key}:Choices",
                    $"must be 1 to {MostChoices}: {key}:Choices:0, :1 and so on"
                ),
                .. choices.Index().SelectMany(c => Unless(IsName(c.Item), $"{key}:Choices:{c.Index}", Name)),
                .. choices
                    .Index()
                    .SelectMany(c => Unless(choices.IndexOf(c.Item) == c.Index, $"{key}:Choices:{c.Index}", "is a duplicate")),
            ]
            : Unless(choices.Count == 0, $"{key}:Choices", For(ProfileFieldType.Choice));
    }

    private static string Name => $"must have 1 to {LongestName} characters, none of them a control character";

    private static string For(ProfileFieldType type) => $"is for fields of Type {type} only";

    private static string OneOf<T>()
        where T : struct, Enum => $"must be one of {string.Join(", ", Enum.GetNames<T>())}";

    private static bool IsName(string text) =>
        text.Length <= LongestName && !string.IsNullOrWhiteSpace(text) && ProfileRules.Text(text) is null;

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = ProfileField.Whole(pattern);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static int Length(ProfileFieldOptions field) =>
        field.Type switch
        {
            ProfileFieldType.String => field.MaxLength ?? ProfileField.DefaultLength,
            ProfileFieldType.Choice => field.Choices.Select(c => c.Length).DefaultIfEmpty().Max(),
            _ => OtherLength,
        };

    private static IEnumerable<ConfigurationProblem> Unless(bool condition, string key, string problem) =>
        condition ? [] : [new ConfigurationProblem(key, problem)];

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]{0,31}\z")]
    private static partial Regex FieldName();
}
