using System.Diagnostics;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>Publishes the statements that bypass EF Core to diagnostic listeners, as EF Core does with its own.</summary>
internal static class StatementDiagnostics
{
    public const string Source = "Roundtable.Database";

    /// <summary>A completed statement and its duration (<see cref="StatementTiming"/>).</summary>
    public const string Ran = "Ran";

    private const string Statement = "Statement";

    private static readonly DiagnosticListener Listener = new(Source);

    public static bool HearsTimes => Listener.IsEnabled(Ran);

    /// <param name="values">The values of the statement's parameters, by number.</param>
    public static void Write(string database, string sql, IReadOnlyList<object?> values)
    {
        if (Listener.IsEnabled(Statement))
        {
            Listener.Write(Statement, new StatementCall(database, sql, [.. values.Select((v, i) => ($"?{i + 1}", v))]));
        }
    }

    public static void WriteDuration(string sql, TimeSpan duration) => Listener.Write(Ran, new StatementTiming(sql, duration));
}

/// <summary>A statement that is about to run.</summary>
internal sealed record StatementCall(string Database, string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>A statement that has run.</summary>
internal sealed record StatementTiming(string Sql, TimeSpan Duration);
