using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The settings of the application's SQLite connections.</summary>
public sealed class SqliteConnectionTests
{
    [TestCase("journal_mode", "wal")]
    [TestCase("foreign_keys", "1")]
    [TestCase("busy_timeout", "5000")]
    public async Task Connection_HasItsPragmas_WhenTheApplicationOpensIt(string pragma, string expected)
    {
        _ = TestApp.Current.DatabaseFile;
        await using var scope = TestApp.Current.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();

        // Twice: a pooled connection must keep its settings.
        for (var i = 0; i < 2; i++)
        {
            await db.Database.OpenConnectionAsync();
            await using (var command = db.Database.GetDbConnection().CreateCommand())
            {
                command.CommandText = $"PRAGMA {pragma}";
                Assert.That(
                    Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture),
                    Is.EqualTo(expected)
                );
            }

            await db.Database.CloseConnectionAsync();
        }
    }
}
