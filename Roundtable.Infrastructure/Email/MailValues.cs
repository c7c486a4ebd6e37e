using System.Globalization;

namespace Roundtable.Infrastructure.Email;

/// <summary>Makes a mail's values safe to show. Values that are not ours may come from an attacker who writes to a stranger.</summary>
internal static class MailValues
{
    public const string Link = "link";

    private const string KeysLink = "keysLink";
    private const string NewEmail = "newEmail";
    private const string ApiKey = "apiKey";
    private const string ApiKeys = "apiKeys";
    private const string Reason = "reason";
    private const string EnglishTime = "d MMMM yyyy, HH:mm 'UTC'";
    private const int MaxLength = 100;

    // A name and the first characters of the secret, which tell the key from others.
    private const int ApiKeyMaxLength = 150;
    private const int LongMaxLength = 500;

    /// <summary>Omits blank values, so that templates can test for them.</summary>
    /// <param name="culture">The culture for times; null for the embedded templates' English.</param>
    public static Dictionary<string, object> Prepare(IReadOnlyDictionary<string, string?> values, CultureInfo? culture)
    {
        var model = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (!string.IsNullOrWhiteSpace(value) && Show(name, value, culture) is { Length: > 0 } shown)
            {
                model[name] = shown;
            }
        }

        return model;
    }

    private static string Show(string name, string value, CultureInfo? culture) =>
        name switch
        {
            Link or KeysLink => Checked(value),
            // A validated address: separating its dots would only make it wrong.
            NewEmail => MailText.Plain(value, Domain.Users.EmailAddress.MaxLength),
            _ when IsTime(name, value, out var time) => culture is null
                ? time.ToString(EnglishTime, CultureInfo.InvariantCulture)
                : $"{time.ToString("D", culture)}, {time:HH:mm} UTC",
            ApiKey => MailText.Unlinked(value, ApiKeyMaxLength),
            Reason or ApiKeys => MailText.Unlinked(value, LongMaxLength),
            _ => MailText.Unlinked(value, MaxLength),
        };

    private static bool IsTime(string name, string value, out DateTime time)
    {
        time = default;
        return name is "requestedAt" or "expires" or "until"
            && DateTime.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out time);
    }

    /// <summary>The link is ours, and is placed in an attribute: anything but a plain web address is an error of the caller.</summary>
    private static string Checked(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && !link.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? link
            : throw new ArgumentException("A mail's link must be an absolute http(s) address.");
}
