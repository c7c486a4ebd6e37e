using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The serving login as described in docs/sql-server.md: it may read and write rows, and nothing else.</summary>
[Category(Databases.OnServer)]
public sealed class LeastPrivilegeTests
{
    [Test]
    public async Task Program_Runs_WithALoginThatCanOnlyReadAndWriteRows()
    {
        if (Databases.Default != DatabaseProvider.SqlServer)
        {
            Assert.Ignore(Databases.Missing ?? "There is no SQL Server.");
        }

        var settings = Databases.SettingsOf(DatabaseProvider.SqlServer).ToDictionary();
        await using var migrated = TestApp.Start([.. settings.Select(s => (s.Key, (string?)s.Value))]);
        var connection = new SqlConnectionStringBuilder(settings["ConnectionStrings:Roundtable"]);
        var (login, password) = ($"serves_{Guid.NewGuid():N}"[..20], $"Aa1!{Guid.NewGuid():N}");
        await RunAsync(connection, $"CREATE LOGIN {login} WITH PASSWORD = '{password}'", $"CREATE USER {login} FOR LOGIN {login}");
        await RunAsync(connection, $"GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO {login}");

        (connection.UserID, connection.Password) = (login, password);
        await using (
            var app = migrated.StartSibling(
                ("Database:MigrateOnStart", "false"),
                ("ConnectionStrings:Roundtable", connection.ConnectionString)
            )
        )
        {
            using var admin = await app.NewAdminAsync();
            using var user = await app.NewUserAsync();
            (await user.PatchAsync("/users/me", new { name = "Ada" })).ShouldSucceed();
            Assert.That((await admin.GetAsync("/admin/users?search=ada")).ShouldSucceed().Items, Has.Count.EqualTo(1));
            (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "test" })).ShouldSucceed();
            (await admin.GetAsync("/admin/audit-log/verify")).ShouldSucceed();
            Assert.That(
                () => app.InspectAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TABLE More (Id int)")),
                Throws.InstanceOf<SqlException>()
            );
        }
    }

    private static async Task RunAsync(SqlConnectionStringBuilder connection, params string[] statements)
    {
        await using var server = new SqlConnection(connection.ConnectionString);
        await server.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = server.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }
}
