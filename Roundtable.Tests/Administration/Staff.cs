using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>Users with limited permissions, and their actions.</summary>
internal static class Staff
{
    public static string NewRoleName() => $"r{Guid.NewGuid():N}";

    /// <summary>Creates a role and returns its name.</summary>
    public static async Task<string> NewRoleAsync(this TestApp app, params string[] permissions)
    {
        var name = NewRoleName();
        (await (await app.RootAsync()).PutAsync($"/admin/roles/{name}", new { permissions })).ShouldSucceed(201);
        return name;
    }

    /// <summary>Creates a user whose own role has exactly these permissions.</summary>
    public static async Task<Browser> NewStaffAsync(this TestApp app, params string[] permissions)
    {
        var person = await app.NewUserAsync();
        await app.GiveAsync(person.UserId, await app.NewRoleAsync(permissions));
        return person;
    }

    public static async Task GiveAsync(this TestApp app, string userId, params string[] roles) =>
        (await (await app.RootAsync()).PutAsync($"/admin/users/{userId}/roles", new { roles })).ShouldSucceed();

    /// <summary>Starts impersonating the user in this browser.</summary>
    public static async Task<Answer> ActAsAsync(this Browser admin, string userId, string reason = "Ticket 4711") =>
        (await admin.PostAsync($"/admin/users/{userId}/impersonate", new { reason })).ShouldSucceed();

    /// <summary>A browser with the same cookie.</summary>
    public static Browser Copy(this TestApp app, string? cookie)
    {
        var browser = app.NewBrowser();
        browser.SessionCookie = cookie;
        return browser;
    }

    /// <summary>Changes the database directly, bypassing the application.</summary>
    public static Task<int> RunSqlAsync(this TestApp app, FormattableString sql) =>
        app.InspectAsync(db => db.Database.ExecuteSqlInterpolatedAsync(sql));

    /// <summary>Counts the rows, by table, that contain the text in any column; skips the audit log.</summary>
    public static Task<Dictionary<string, int>> FindRowsAsync(this TestApp app, string text) =>
        app.InspectAsync(async db =>
        {
            _ = app.DatabaseFile;
            var found = new Dictionary<string, int>();
            foreach (
                var table in await db
                    .Database.SqlQuery<string>(
                        $"""
                        SELECT name AS Value FROM sqlite_master
                        WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'AuditEntries'
                        """
                    )
                    .ToListAsync()
            )
            {
                var columns = await db.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table})").ToListAsync();
                var anywhere = string.Join(" OR ", columns.Select(c => $"instr(CAST(\"{c}\" AS TEXT), {{0}}) > 0"));
#pragma warning disable EF1002 // The names come from the schema.
                var count = await db
                    .Database.SqlQueryRaw<int>($"SELECT COUNT(*) AS Value FROM \"{table}\" WHERE {anywhere}", text)
                    .SingleAsync();
#pragma warning restore EF1002
                if (count > 0)
                {
                    found[table] = count;
                }
            }

            return found;
        });
}
