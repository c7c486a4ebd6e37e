namespace Roundtable.Infrastructure.Email;

/// <summary>A template of the installation's own, in the place of an embedded one.</summary>
/// <param name="Name">The mail, or the part that mails share.</param>
/// <param name="Locale">The language that it is for; empty for any.</param>
/// <param name="Form">One of <see cref="MailForms"/>.</param>
internal sealed record MailTemplateFile(string Name, string Locale, string Form, string Source);

/// <summary>What a mail is made of, as the names of files say it.</summary>
internal static class MailForms
{
    public const string Html = "html";
    public const string Text = "text";
    public const string Subject = "subject";
}

/// <summary>The parts that mails share.</summary>
internal static class MailParts
{
    /// <summary>What is around every mail.</summary>
    public const string Layout = "layout";

    /// <summary>A link that asks to be followed.</summary>
    public const string Button = "button";
}

/// <summary>Language tags, from the narrow one to the wide.</summary>
internal static class MailLocales
{
    /// <summary>The tag, then with its last part taken off until nothing is left: <c>de-AT</c>, <c>de</c>, empty.</summary>
    public static IEnumerable<string> Widen(string? locale)
    {
        for (var tag = locale ?? ""; tag.Length > 0; tag = tag[..Math.Max(tag.LastIndexOf('-'), 0)])
        {
            yield return tag;
        }

        yield return "";
    }
}
