using System.Collections.Frozen;

namespace Roundtable.Infrastructure.Email;

/// <summary>A rendered mail.</summary>
public sealed record MailBody(string Subject, string Html, string Text);

/// <summary>Renders a template and its values as a mail, in the recipient's language if the installation has templates for it.</summary>
public sealed class MailRenderer
{
    private readonly FrozenDictionary<string, MailWording> wordings;
    private readonly MailWording otherwise;

    internal MailRenderer(MailTemplateFolder own, string? defaultLocale = null)
    {
        wordings = own
            .Files.Select(f => f.Locale)
            .Append("")
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(l => l, l => new MailWording(l, own.Files), StringComparer.OrdinalIgnoreCase);
        otherwise = Find(defaultLocale) ?? wordings[""];
    }

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

        model["appName"] = MailCatalog.AppName;
        model[MailCatalog.IsRequested] = model.ContainsKey("requestedAt") || model.ContainsKey("ipAddress") || model.ContainsKey("device");
        return wording.Render(template, model);
    }

    private MailWording? Find(string? locale) =>
        MailLocales.Widen(locale).SkipLast(1).Select(l => wordings.GetValueOrDefault(l)).FirstOrDefault(w => w is not null);
}
