using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Hosting;
using Roundtable.Application.Operations;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Infrastructure.Operations;

/// <summary>
/// Records the duration of EF Core's statements, and of those that bypass it, as a histogram and as spans of the request, while a
/// collector listens. Exports neither SQL nor parameter values.
/// </summary>
public sealed class StatementTimes(RoundtableMetrics metrics, TimeProvider time)
    : IHostedService,
        IObserver<DiagnosticListener>,
        IObserver<KeyValuePair<string, object?>>,
        IDisposable
{
    public const string SourceName = "Roundtable";

    /// <summary>SQLite's name in OpenTelemetry.</summary>
    private const string Sqlite = "sqlite";

    private static readonly ActivitySource Spans = new(SourceName);

    private readonly ConcurrentBag<IDisposable> subscriptions = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.CommandExecuted.Name && IsObserved));
        }
        else if (value.Name == StatementDiagnostics.Source)
        {
            subscriptions.Add(value.Subscribe(this, name => name == StatementDiagnostics.Ran && IsObserved));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value.Value)
        {
            case CommandExecutedEventData data:
                Record(
                    data.Command is Microsoft.Data.Sqlite.SqliteCommand ? Sqlite : "microsoft.sql_server",
                    FirstWord(data.Command.CommandText),
                    data.StartTime,
                    data.Duration
                );
                break;
            case StatementTiming run:
                Record(Sqlite, FirstWord(run.Sql), time.GetUtcNow() - run.Duration, run.Duration);
                break;
        }
    }

    private bool IsObserved => metrics.TimesStatements || Spans.HasListeners();

    private void Record(string system, string operation, DateTimeOffset start, TimeSpan duration)
    {
        metrics.Statement(system, operation, duration);
        if (StartSpan(system, operation, start) is { } span)
        {
            span.SetEndTime((start + duration).UtcDateTime);
            span.Dispose();
        }
    }

    /// <summary>Starts a span within a trace, else returns null: a worker's polling would bury the rest.</summary>
    private static Activity? StartSpan(string system, string operation, DateTimeOffset start) =>
        Activity.Current is null
            ? null
            : Spans
                .StartActivity(operation, ActivityKind.Client, default(ActivityContext), startTime: start)
                ?.SetTag("db.system.name", system)
                .SetTag("db.operation.name", operation);

    public void OnError(Exception error)
    {
        // Listeners report no errors.
    }

    public void OnCompleted()
    {
        // Listeners live as long as the process.
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
