using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Tests.Support;

/// <summary>
/// Records every command in this process, both EF Core's and prepared ones. Create it before the application starts: EF Core caches for
/// a while that there is no listener.
/// </summary>
internal sealed class SqlLog : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<SqlCommand> commands = [];
    private readonly ConcurrentBag<IDisposable> subscriptions = [];

    public SqlLog() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>The commands that ran on a database, in order.</summary>
    public IReadOnlyList<SqlCommand> Of(TestApp app) => [.. commands.Where(c => c.Database == app.DatabaseFile)];

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is "Microsoft.EntityFrameworkCore" or StatementDiagnostics.Source)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value.Value)
        {
            case CommandEventData data when value.Key == RelationalEventId.CommandExecuting.Name:
                var parameters = data.Command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value)).ToList();
                commands.Enqueue(new SqlCommand(data.Command.Connection?.DataSource ?? "", data.Command.CommandText, parameters));
                break;
            case StatementCall call:
                commands.Enqueue(new SqlCommand(call.Database, call.Sql, call.Parameters));
                break;
        }
    }

    public void OnError(Exception error) { }

    public void OnCompleted() { }

    public void Dispose()
    {
        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }
}

internal sealed record SqlCommand(string Database, string Text, IReadOnlyList<(string Name, object? Value)> Parameters);
