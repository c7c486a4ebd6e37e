using System.Collections.Concurrent;
using HandlebarsDotNet;

namespace Roundtable.Infrastructure.Email;

/// <summary>A mail in words.</summary>
public sealed record MailBody(string Subject, string Html, string Text);

/// <summary>Turns a template and its values into a mail. Templates are embedded resources, compiled at their first use.</summary>
public sealed class MailRenderer
{
    private const string AppName = "Roundtable";

    private readonly Form html = new("html", new HandlebarsConfiguration { TextEncoder = new HtmlTextEncoder() });
    private readonly Form text = new("text", new HandlebarsConfiguration { NoEscape = true });

    public MailBody Render(string template, IReadOnlyDictionary<string, string?> values)
    {
        var kind = MailCatalog.Get(template);
        var model = MailValues.Prepare(values);
        if (kind.NeedsLink && !model.ContainsKey(MailValues.Link))
        {
            throw new ArgumentException($"The template '{template}' needs a link.", nameof(values));
        }

        model["appName"] = AppName;
        model["subject"] = kind.Subject;
        model["asked"] = model.ContainsKey("requestedAt") || model.ContainsKey("ipAddress") || model.ContainsKey("device");
        return new MailBody(kind.Subject, html.Render(template, model), text.Render(template, model));
    }

    /// <summary>One of the two forms that each mail has.</summary>
    private sealed class Form
    {
        private readonly string extension;
        private readonly IHandlebars engine;
        private readonly Lock compiling = new();
        private readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> compiled = new(StringComparer.Ordinal);

        public Form(string extension, HandlebarsConfiguration configuration)
        {
            this.extension = extension;
            engine = Handlebars.Create(configuration);
            engine.RegisterTemplate("button", Source("button"));
        }

        public string Render(string template, Dictionary<string, object> model)
        {
            var whole = new Dictionary<string, object>(model, StringComparer.Ordinal) { ["body"] = Get(template)(model).Trim() };
            return MailText.Tidy(Get("layout")(whole));
        }

        private HandlebarsTemplate<object, object> Get(string name)
        {
            if (compiled.TryGetValue(name, out var template))
            {
                return template;
            }

            lock (compiling)
            {
                return compiled.GetOrAdd(name, n => engine.Compile(Source(n)));
            }
        }

        private string Source(string name)
        {
            var resource = $"{typeof(MailRenderer).Namespace}.Templates.{name}.{extension}.hbs";
            using var stream = typeof(MailRenderer).Assembly.GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"The mail template {resource} is not embedded.");
            return new StreamReader(stream).ReadToEnd();
        }
    }
}
