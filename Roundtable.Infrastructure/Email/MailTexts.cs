using System.Globalization;
using System.Resources;

namespace Roundtable.Infrastructure.Email;

/// <summary>The texts of the embedded templates, in <c>Texts/MailTexts.*.resx</c>. A text is itself a template.</summary>
internal static class MailTexts
{
    /// <summary>The languages of the texts. English is the neutral one.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "de", "fr", "es", "it", "nl", "pl", "pt-BR", "ja"];

    private static readonly ResourceManager Resources = new($"{typeof(MailTexts).Namespace}.Texts.MailTexts", typeof(MailTexts).Assembly);

    /// <summary>Returns a mail's own text, else the one that mails share; null if there is neither.</summary>
    /// <param name="mail">The template of the mail.</param>
    public static string? Find(string mail, string key, CultureInfo language) =>
        Resources.GetString($"{mail}.{key}", language) ?? Resources.GetString(key, language);

    /// <summary>Returns a short phrase, such as <c>removed</c>, in the language.</summary>
    public static string Phrase(string english, CultureInfo language) => Resources.GetString($"phrase.{english}", language) ?? english;

    /// <summary>Returns the language for a tag; null if there are no texts. Every Portuguese is Brazilian.</summary>
    public static string? LanguageOf(string tag) =>
        Languages.FirstOrDefault(l =>
            l.Equals(tag, StringComparison.OrdinalIgnoreCase) || l.StartsWith($"{tag}-", StringComparison.OrdinalIgnoreCase)
        );
}
