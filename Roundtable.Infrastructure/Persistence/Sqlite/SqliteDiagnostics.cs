using System.Diagnostics;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>Tells listeners of the statements that do not go through EF Core, as EF Core does of its own.</summary>
internal static class SqliteDiagnostics
{
    public const string Source = "Roundtable.Database";

    /// <summary>What has run, and how long that took (<see cref="SqliteTiming"/>).</summary>
    public const string Ran = "Ran";

    private const string Statement = "Statement";

    private static readonly DiagnosticListener Listener = new(Source);

    public static bool HearsTimes => Listener.IsEnabled(Ran);

    public static void Tell(string database, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (Listener.IsEnabled(Statement))
        {
            Listener.Write(Statement, new SqliteCall(database, sql, parameters.ToArray()));
        }
    }

    /// <param name="values">What <c>?1</c>, <c>?2</c> and so on stand for.</param>
    public static void Tell(string database, string sql, IReadOnlyList<object?> values)
    {
        if (Listener.IsEnabled(Statement))
        {
            Listener.Write(Statement, new SqliteCall(database, sql, [.. values.Select((v, i) => ($"?{i + 1}", v))]));
        }
    }

    public static void TellTime(string sql, TimeSpan duration) => Listener.Write(Ran, new SqliteTiming(sql, duration));
}

/// <summary>A statement that is about to run.</summary>
internal sealed record SqliteCall(string Database, string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>A statement that has run.</summary>
internal sealed record SqliteTiming(string Sql, TimeSpan Duration);
