using Microsoft.Data.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

/// <summary>The database as seen by an attacker who copies its files.</summary>
internal static class Files
{
    /// <summary>Every byte of the database, including its log file.</summary>
    public static async Task<byte[]> DatabaseAsync(TestApp app)
    {
        var all = new List<byte>();
        foreach (var file in Directory.GetFiles(app.Folder, $"{Path.GetFileName(app.DatabaseFile)}*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            all.AddRange(copy.ToArray());
        }

        return [.. all];
    }

    public static bool Contains(byte[] bytes, byte[] part) => bytes.AsSpan().IndexOf(part) >= 0;

    /// <summary>Returns the tables and columns that contain one of the texts, ignoring case.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(TestApp app, params string[] texts)
    {
        await using var connection = new SqliteConnection($"Data Source={app.DatabaseFile};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        var found = new List<string>();
        foreach (var table in await TablesAsync(connection))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var i = 0; i < rows.FieldCount; i++)
                {
                    var value = rows.GetValue(i) switch
                    {
                        byte[] b => System.Text.Encoding.Latin1.GetString(b),
                        var v => v.ToString() ?? "",
                    };
                    if (texts.Any(t => value.Contains(t, StringComparison.OrdinalIgnoreCase)))
                    {
                        found.Add($"{table}.{rows.GetName(i)}");
                    }
                }
            }
        }

        return [.. found.Distinct()];
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        await using var rows = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
