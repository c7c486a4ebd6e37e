using System.Collections.Frozen;
using Roundtable.Application.Email;

namespace Roundtable.Infrastructure.Email;

/// <summary>A rendered mail.</summary>
public sealed record MailBody(string Subject, string Html, string Text);

/// <summary>Renders a template and its values as a mail, in the recipient's language if there are texts or templates in it.</summary>
public sealed class MailRenderer : IMailLanguages
{
    // Values that are one of a few English phrases.
    private static readonly string[] Phrases = ["method", "change", "device"];

    private readonly FrozenDictionary<string, MailWording> wordings;
    private readonly MailWording otherwise;

    internal MailRenderer(MailTemplateFolder own, string? defaultLocale = null)
    {
        wordings = own
            .Files.Select(f => f.Locale)
            .Append("")
            .Concat(MailTexts.Languages)
            .Append("pt")
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(l => l, l => new MailWording(l, own.Files), StringComparer.OrdinalIgnoreCase);
        otherwise = Find(defaultLocale) ?? wordings[""];
    }

    /// <inheritdoc/>
    public string? Choose(IEnumerable<string?> tags) => tags.FirstOrDefault(t => Find(t) is not null);

    /// <param name="locale">The recipient's language, as a BCP 47 tag; null if unknown.</param>
    public MailBody Render(string template, IReadOnlyDictionary<string, string?> values, string? locale = null)
    {
        var kind = MailCatalog.Get(template);
        var wording = Find(locale) ?? otherwise;
        var model = MailValues.Prepare(values, wording.Culture);
        if (kind.NeedsLink && !model.ContainsKey(MailValues.Link))
        {
            throw new ArgumentException($"The template '{template}' needs a link.", nameof(values));
        }

        if (model.Remove("browser", out var browser) & model.Remove("system", out var system))
        {
            model["device"] = wording.Device((string)browser!, (string)system!);
        }

        foreach (var name in Phrases.Where(model.ContainsKey))
        {
            model[name] = wording.Phrase((string)model[name]);
        }

        if (!kind.NeedsLink)
        {
            model.Remove(MailValues.Link);
        }

        model["appName"] = MailCatalog.AppName;
        model[MailCatalog.IsRequested] = model.ContainsKey("requestedAt") || model.ContainsKey("ipAddress") || model.ContainsKey("device");
        return wording.Render(template, model);
    }

    private MailWording? Find(string? locale) =>
        MailLocales.Widen(locale).SkipLast(1).Select(l => wordings.GetValueOrDefault(l)).FirstOrDefault(w => w is not null);
}
