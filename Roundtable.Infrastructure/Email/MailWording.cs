using System.Collections.Concurrent;
using System.Globalization;
using HandlebarsDotNet;

namespace Roundtable.Infrastructure.Email;

/// <summary>
/// The templates of mails in one language. Each part is the installation's own for that language, for a more general one or for any, else
/// the embedded one. Templates are compiled on first use.
/// </summary>
internal sealed class MailWording
{
    private readonly Dictionary<(string Name, string Form), string> sources;
    private readonly Form html;
    private readonly Form text;

    /// <param name="locale">The language; empty for none.</param>
    public MailWording(string locale, IReadOnlyCollection<MailTemplateFile> files)
    {
        Culture = locale.Length == 0 ? null : CultureInfo.GetCultureInfo(locale);
        var widening = MailLocales.Widen(locale).ToList();
        sources = files
            .Select(f => (File: f, Rank: widening.FindIndex(l => l.Equals(f.Locale, StringComparison.OrdinalIgnoreCase))))
            .Where(f => f.Rank >= 0)
            .GroupBy(f => (f.File.Name, f.File.Form))
            .ToDictionary(g => g.Key, g => g.MinBy(f => f.Rank).File.Source);
        html = new Form(name => Source(name, MailForms.Html), new HandlebarsConfiguration { TextEncoder = new HtmlTextEncoder() });
        text = new Form(name => Source(name, MailForms.Text), new HandlebarsConfiguration { NoEscape = true });
    }

    /// <summary>The culture for times; null for the embedded templates' English.</summary>
    public CultureInfo? Culture { get; }

    public MailBody Render(string template, Dictionary<string, object> model)
    {
        var subject = sources.TryGetValue((template, MailForms.Subject), out var own)
            ? MailTemplateRules.Subject(own)
            : MailCatalog.Get(template).Subject;
        model[MailCatalog.Subject] = subject;
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

        public Form(Func<string, string> source, HandlebarsConfiguration configuration)
        {
            this.source = source;
            engine = Handlebars.Create(configuration);
            engine.RegisterTemplate(MailParts.Button, source(MailParts.Button));
        }

        public string Render(string template, Dictionary<string, object> model)
        {
            var whole = new Dictionary<string, object>(model, StringComparer.Ordinal) { [MailCatalog.Body] = Get(template)(model).Trim() };
            return MailText.Tidy(Get(MailParts.Layout)(whole));
        }

        private HandlebarsTemplate<object, object> Get(string name)
        {
            if (compiled.TryGetValue(name, out var template))
            {
                return template;
            }

            lock (compiling)
            {
                return compiled.GetOrAdd(name, n => engine.Compile(source(n)));
            }
        }
    }
}
