using System.Globalization;
using System.Text.RegularExpressions;

namespace Roundtable.Application.Common;

/// <summary>Why a value was rejected, for clients that write their own message.</summary>
/// <param name="Code">A stable snake_case code; <c>invalid</c> if nothing more specific applies.</param>
/// <param name="Min">The minimum length, number or count; null if not applicable.</param>
/// <param name="Max">The maximum; null if not applicable.</param>
public sealed record FieldReason(string Code, decimal? Min = null, decimal? Max = null);

/// <summary>
/// Maps validation messages to reasons. Validation results carry only text, so the reason is looked up by the text; a message that is
/// missing here fails a test.
/// </summary>
public static partial class FieldReasons
{
    public static readonly FieldReason Unknown = new("invalid");

    private static readonly (string Code, Regex Text)[] Known =
    [
        ("required", Required()),
        ("blank", Blank()),
        ("too_long", TooLong()),
        ("length", Length()),
        ("range", Range()),
        ("at_least", AtLeast()),
        ("at_most", AtMost()),
        ("count", Count()),
        ("too_many", TooMany()),
        ("not_an_address", Whole("This is not an e-mail address.")),
        ("not_an_id", Whole("This is not an id.")),
        ("not_a_url", Url()),
        ("not_a_public_url", PublicUrl()),
        ("not_a_locale", Whole("The locale must be a BCP 47 language tag, such as en or de-AT.")),
        ("not_a_time_zone", Whole("The time zone must be an IANA name, such as Europe/Vienna.")),
        ("bad_characters", Characters()),
        ("common_password", Whole("This password is too common: attackers try it first.")),
        ("own_password", Whole("The password must not be your name or address.")),
        ("six_digits", Whole("The code has six digits.")),
        ("wrong_code", Whole("The code is incorrect. Check the clock of your device, and use the newest code.")),
        ("passkey_rejected", Whole("The passkey was not accepted. Start again.")),
        ("same_address", Whole("This is already your address.")),
        ("role_name", Whole("A role's name has 1 to 64 lower-case letters, digits and hyphens, and begins with a letter.")),
        ("not_found", NotFound()),
        ("not_listed", NotListed()),
        ("unknown_member", UnknownMember()),
        ("repeated", Repeated()),
        ("wrong_type", Whole("The value has the wrong type.")),
        ("in_the_past", Whole("The ban must end in the future.")),
        ("in_the_future", Whole("The time is in the future.")),
        ("period", Period()),
        ("not_a_time", Time()),
        ("not_a_date", Date()),
        ("pattern", Whole("The text does not have the required form.")),
        ("admins_only", Whole("Only an admin may change this.")),
        ("not_a_flag", Whole("The value must be true or false.")),
        ("not_a_hash", Whole("This is not a password hash of ASP.NET Core Identity or Better Auth.")),
        ("forbidden", Whole("A role holds a permission that you do not have.")),
        ("bad_row", Row()),
        ("bad_file", File()),
        ("invalid", Whole("The value is not valid.")),
    ];

    /// <summary>Returns the reason for the message; <see cref="Unknown"/> if the message is not listed.</summary>
    public static FieldReason Of(string text)
    {
        foreach (var (code, pattern) in Known)
        {
            if (pattern.Match(text) is { Success: true } match)
            {
                return new FieldReason(code, Number(match.Groups["min"]), Number(match.Groups["max"]));
            }
        }

        return Unknown;
    }

    /// <summary>Whether the message is listed.</summary>
    public static bool Knows(string text) => Array.Exists(Known, k => k.Text.IsMatch(text));

    private static decimal? Number(Group group) => group.Success ? decimal.Parse(group.Value, CultureInfo.InvariantCulture) : null;

    private static Regex Whole(string text) => new($"^{Regex.Escape(text)}$", RegexOptions.CultureInvariant);

    [GeneratedRegex(
        "^(A body is required|A required member is missing|The \\w+ cannot be removed|A ban needs a reason|Specify the roles|"
            + "Specify a filter, or all users by all=true|Enter a code or a recovery code)\\.$"
    )]
    private static partial Regex Required();

    [GeneratedRegex("^The (member|parameter) occurs twice\\.$")]
    private static partial Regex Repeated();

    [GeneratedRegex("^The \\w+ must not be blank\\.$")]
    private static partial Regex Blank();

    [GeneratedRegex("^The [\\w ]+ (is too long|must have at most (?<max>\\d+) characters)\\.$")]
    private static partial Regex TooLong();

    [GeneratedRegex("^The [\\w ]+ must have (?<min>\\d+) to (?<max>\\d+) characters\\.$")]
    private static partial Regex Length();

    [GeneratedRegex("^The \\w+ must be (?<min>-?[\\d.]+) to (?<max>-?[\\d.]+)\\.$")]
    private static partial Regex Range();

    [GeneratedRegex("^The number must be at least (?<min>-?[\\d.]+)\\.$")]
    private static partial Regex AtLeast();

    [GeneratedRegex("^The number must be at most (?<max>-?[\\d.]+)\\.$")]
    private static partial Regex AtMost();

    [GeneratedRegex("^Name (?<min>\\d+) to (?<max>\\d+) users\\.$")]
    private static partial Regex Count();

    [GeneratedRegex("^Too many \\w+\\.$")]
    private static partial Regex TooMany();

    [GeneratedRegex("^The \\w+ must be an http or https address of at most (?<max>\\d+) characters\\.$")]
    private static partial Regex Url();

    [GeneratedRegex("^The \\w+ must be an https address of a public host of at most (?<max>\\d+) characters\\.$")]
    private static partial Regex PublicUrl();

    [GeneratedRegex("^The text (is not valid Unicode|must not contain control characters|is too long or has control characters)\\.$")]
    private static partial Regex Characters();

    [GeneratedRegex("^There is no (such (role|action|user)|(role|permission|event) '.*')\\.$")]
    private static partial Regex NotFound();

    [GeneratedRegex("^The value must be one of: ")]
    private static partial Regex NotListed();

    [GeneratedRegex("^(There is no such (member|parameter)|The member '.*' is not known)\\.$")]
    private static partial Regex UnknownMember();

    [GeneratedRegex("^The period must begin before it ends and have at most (?<max>\\d+) days\\.$")]
    private static partial Regex Period();

    [GeneratedRegex("^This is not a time such as ")]
    private static partial Regex Time();

    [GeneratedRegex("^This is not a date such as ")]
    private static partial Regex Date();

    [GeneratedRegex(
        "^(The row has (more cells than the header|a cell without a column name)|The line (is too long|is not a JSON object|is "
            + "not valid JSON))\\.$"
    )]
    private static partial Regex Row();

    [GeneratedRegex("^(This is not CSV|Line \\d+: |The column '|There is no column |The file has )")]
    private static partial Regex File();
}
