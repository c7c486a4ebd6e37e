using Microsoft.Data.Sqlite;

namespace Roundtable.Tests.Guards;

/// <summary>A statement and its SQLite query plan. Without statistics, the planner assumes that every table is large.</summary>
internal sealed record ExplainedStatement(string Text, IReadOnlyList<PlanStep> Steps)
{
    public static ExplainedStatement Of(SqliteConnection connection, string text, IEnumerable<(string Name, object? Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {text}";
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<PlanStep>();
        while (reader.Read())
        {
            steps.Add(new PlanStep(reader.GetInt32(0), reader.GetInt32(1), reader.GetString(3)));
        }

        return new ExplainedStatement(text, steps);
    }
}

internal sealed record PlanStep(int Id, int Parent, string Text);
