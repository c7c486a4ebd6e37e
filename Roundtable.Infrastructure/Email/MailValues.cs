namespace Roundtable.Infrastructure.Email;

/// <summary>Makes a mail's values fit to be shown. Whatever is not ours may come from an attacker who writes to a stranger.</summary>
internal static class MailValues
{
    public const string Link = "link";

    private const string NewEmail = "newEmail";
    private const string Reason = "reason";
    private const int MaxLength = 100;
    private const int ReasonMaxLength = 500;

    /// <summary>Blank values are left out, so that templates can ask whether there is one.</summary>
    public static Dictionary<string, object> Prepare(IReadOnlyDictionary<string, string?> values)
    {
        var model = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (!string.IsNullOrWhiteSpace(value) && Show(name, value) is { Length: > 0 } shown)
            {
                model[name] = shown;
            }
        }

        return model;
    }

    private static string Show(string name, string value) => name switch
    {
        Link => Checked(value),
        // A checked address: to take its dots apart would only make it wrong.
        NewEmail => MailText.Plain(value, Domain.Users.EmailAddress.MaxLength),
        Reason => MailText.Unlinked(value, ReasonMaxLength),
        _ => MailText.Unlinked(value, MaxLength),
    };

    /// <summary>The link is ours, and stands in an attribute: anything but a plain web address is a mistake of the caller.</summary>
    private static string Checked(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && !link.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? link
            : throw new ArgumentException("A mail's link must be an absolute http(s) address.");
}
