namespace Roundtable.Infrastructure.Email;

/// <summary>A template of the installation that replaces an embedded one.</summary>
/// <param name="Name">The mail, or the shared part.</param>
/// <param name="Locale">The language; empty for any.</param>
/// <param name="Form">One of <see cref="MailForms"/>.</param>
internal sealed record MailTemplateFile(string Name, string Locale, string Form, string Source);

/// <summary>The forms of a mail, as used in file names.</summary>
internal static class MailForms
{
    public const string Html = "html";
    public const string Text = "text";
    public const string Subject = "subject";
}

/// <summary>The parts that mails share.</summary>
internal static class MailParts
{
    /// <summary>The layout around every mail.</summary>
    public const string Layout = "layout";

    /// <summary>A call-to-action link.</summary>
    public const string Button = "button";
}

/// <summary>Language tags, from the most specific to the most general.</summary>
internal static class MailLocales
{
    /// <summary>Returns the tag, then removes its last part until nothing is left: <c>de-AT</c>, <c>de</c>, empty.</summary>
    public static IEnumerable<string> Widen(string? locale)
    {
        for (var tag = locale ?? ""; tag.Length > 0; tag = tag[..Math.Max(tag.LastIndexOf('-'), 0)])
        {
            yield return tag;
        }

        yield return "";
    }
}
