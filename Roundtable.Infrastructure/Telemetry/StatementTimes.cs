using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Roundtable.Application.Telemetry;

namespace Roundtable.Infrastructure.Telemetry;

/// <summary>
/// Times EF Core's statements, as a histogram and as spans of the request that they serve. Listens only once it is started, so that it costs
/// nothing where nobody collects. Neither the statements' text nor their values go anywhere.
/// </summary>
public sealed class StatementTimes(RoundtableMetrics metrics) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    public const string SourceName = "Roundtable";

    private static readonly ActivitySource Spans = new(SourceName);

    private readonly ConcurrentBag<IDisposable> subscriptions = [];

    public void Start() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.CommandExecuted.Name));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandExecutedEventData data)
        {
            return;
        }

        var system = data.Command is Microsoft.Data.Sqlite.SqliteCommand ? "sqlite" : "microsoft.sql_server";
        var operation = FirstWord(data.Command.CommandText);
        metrics.Statement(system, operation, data.Duration);

        if (StartSpan(system, operation, data.StartTime) is { } span)
        {
            span.SetEndTime((data.StartTime + data.Duration).UtcDateTime);
            span.Dispose();
        }
    }

    /// <summary>A span within what is traced, else null: a worker's polling would bury the rest.</summary>
    /// <param name="start">When it began; now when absent.</param>
    internal static Activity? StartSpan(string system, string operation, DateTimeOffset start = default) => Activity.Current is null
        ? null
        : Spans.StartActivity(operation, ActivityKind.Client, default(ActivityContext), startTime: start)?.SetTag("db.system.name", system).SetTag("db.operation.name", operation);

    public void OnError(Exception error)
    {
        // Listeners report none.
    }

    public void OnCompleted()
    {
        // They live as long as the process.
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }

    private static string FirstWord(string sql)
    {
        var text = sql.AsSpan().TrimStart();
        var end = text.IndexOfAny(" \r\n\t;");
        var word = end < 0 ? text : text[..end];
        return word switch
        {
            "SELECT" => "SELECT",
            "INSERT" => "INSERT",
            "UPDATE" => "UPDATE",
            "DELETE" => "DELETE",
            _ => "OTHER",
        };
    }
}
