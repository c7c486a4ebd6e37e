using System.Collections.Concurrent;
using System.Globalization;
using HandlebarsDotNet;

namespace Roundtable.Infrastructure.Email;

/// <summary>
/// The templates of mails in one language. Each part is the installation's own for that language, for a more general one or for any, else
/// the embedded one with the texts of the language. Templates are compiled on first use.
/// </summary>
internal sealed class MailWording
{
    private const string English = "en";

    private readonly Dictionary<(string Name, string Form), string> sources;
    private readonly CultureInfo textLanguage;
    private readonly Form html;
    private readonly Form text;

    /// <param name="locale">The language; empty for none.</param>
    public MailWording(string locale, IReadOnlyCollection<MailTemplateFile> files)
    {
        var builtIn = MailLocales.Widen(locale).Select(MailTexts.LanguageOf).FirstOrDefault(l => l is not null);
        textLanguage = CultureInfo.GetCultureInfo(builtIn ?? English);
        Culture =
            locale.Length == 0 || locale.Equals(English, StringComparison.OrdinalIgnoreCase) ? null : CultureInfo.GetCultureInfo(locale);
        var widening = MailLocales.Widen(locale).ToList();
        sources = files
            .Select(f => (File: f, Rank: widening.FindIndex(l => l.Equals(f.Locale, StringComparison.OrdinalIgnoreCase))))
            .Where(f => f.Rank >= 0)
            .GroupBy(f => (f.File.Name, f.File.Form))
            .ToDictionary(g => g.Key, g => g.MinBy(f => f.Rank).File.Source);
        html = new Form(
            name => Source(name, MailForms.Html),
            new HandlebarsConfiguration { TextEncoder = new HtmlTextEncoder() },
            textLanguage
        );
        text = new Form(name => Source(name, MailForms.Text), new HandlebarsConfiguration { NoEscape = true }, textLanguage);
    }

    /// <summary>The culture for times; null for the embedded templates' English.</summary>
    public CultureInfo? Culture { get; }

    /// <summary>Returns a short phrase, such as <c>removed</c>, in the language.</summary>
    public string Phrase(string english) => MailTexts.Phrase(english, textLanguage);

    /// <summary>Returns the name of a device in the language.</summary>
    public string Device(string browser, string system) =>
        string.Format(textLanguage, MailTexts.Find("", "device.on", textLanguage)!, browser, system);

    public MailBody Render(string template, Dictionary<string, object> model)
    {
        var subject = sources.TryGetValue((template, MailForms.Subject), out var own)
            ? MailTemplateRules.Subject(own)
            : MailTemplateRules.Subject(MailTexts.Find(template, MailForms.Subject, textLanguage)!);
        model[MailCatalog.Subject] = subject;
        model[MailCatalog.Language] = Culture?.Name ?? English;
        model[MailCatalog.Template] = template;
        return new MailBody(subject, html.Render(template, model), text.Render(template, model));
    }

    private string Source(string name, string form)
    {
        if (sources.TryGetValue((name, form), out var own))
        {
            return own;
        }

        var resource = $"{typeof(MailWording).Namespace}.Templates.{name}.{form}.hbs";
        using var stream = typeof(MailWording).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The mail template {resource} is not embedded.");
        return new StreamReader(stream).ReadToEnd();
    }

    /// <summary>One of the two forms of each mail.</summary>
    private sealed class Form
    {
        private readonly Func<string, string> source;
        private readonly IHandlebars engine;
        private readonly Lock compiling = new();
        private readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> compiled = new(StringComparer.Ordinal);

        public Form(Func<string, string> source, HandlebarsConfiguration configuration, CultureInfo language)
        {
            this.source = source;
            engine = Handlebars.Create(configuration);
            engine.RegisterHelper("text", (context, arguments) =>
                Text((Dictionary<string, object>)context.Value!, (string)arguments[0]!, language)
            );
            engine.RegisterTemplate(MailParts.Button, source(MailParts.Button));
        }

        public string Render(string template, Dictionary<string, object> model)
        {
            var whole = new Dictionary<string, object>(model, StringComparer.Ordinal) { [MailCatalog.Body] = Get(template)(model).Trim() };
            return MailText.Tidy(Get(MailParts.Layout)(whole));
        }

        // A text without an entry is the text itself: the label of a button in an installation's own template.
        private string Text(Dictionary<string, object> model, string key, CultureInfo language)
        {
            var template = (string)model[MailCatalog.Template];
            return MailTexts.Find(template, key, language) is { } text ? Get($"{template}.{key}", _ => text)(model) : key;
        }

        private HandlebarsTemplate<object, object> Get(string name) => Get(name, source);

        private HandlebarsTemplate<object, object> Get(string name, Func<string, string> find)
        {
            if (compiled.TryGetValue(name, out var template))
            {
                return template;
            }

            lock (compiling)
            {
                return compiled.GetOrAdd(name, n => engine.Compile(find(n)));
            }
        }
    }
}
