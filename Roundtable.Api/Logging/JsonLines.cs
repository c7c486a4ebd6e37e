using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace Roundtable.Api.Logging;

/// <summary>
/// Writes one JSON object per line: <c>timestamp</c>, <c>level</c>, <c>message</c>, <c>exception</c> if there is one, and the
/// message's properties. An expression template writes the same at several times the cost.
/// </summary>
internal sealed class JsonLines : ITextFormatter
{
    // The framework adds the request's path, which may contain sensitive data; our own lines have the route.
    private const string Path = "RequestPath";

    // The framework's name for our requestId; lines that are not ours have only this one.
    private const string FrameworkId = "RequestId",
        OwnId = "requestId";

    private readonly MessageTemplateTextFormatter message = new("{Message:lj}", CultureInfo.InvariantCulture);
    private readonly JsonValueFormatter values = new(typeTagName: null);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write("{\"timestamp\":\"");
        output.Write(logEvent.Timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        output.Write("\",\"level\":\"");
        output.Write(logEvent.Level.ToString());
        output.Write("\",\"message\":");
        JsonValueFormatter.WriteQuotedJsonString(Render(logEvent), output);
        if (logEvent.Exception is { } exception)
        {
            output.Write(",\"exception\":");
            JsonValueFormatter.WriteQuotedJsonString(exception.ToString(), output);
        }

        foreach (var (name, value) in logEvent.Properties)
        {
            if (name == Path || (name == FrameworkId && logEvent.Properties.ContainsKey(OwnId)))
            {
                continue;
            }

            output.Write(',');
            JsonValueFormatter.WriteQuotedJsonString(name == FrameworkId ? OwnId : name, output);
            output.Write(':');
            values.Format(value, output);
        }

        output.Write("}\n");
    }

    private string Render(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        message.Format(logEvent, text);
        return text.ToString();
    }
}
