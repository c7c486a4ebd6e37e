using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>People who may do a few things, and what they do.</summary>
internal static class Staff
{
    public static string NewRoleName() => $"r{Guid.NewGuid():N}";

    /// <summary>A role that allows just this, by its name.</summary>
    public static async Task<string> NewRoleAsync(this TestApp app, params string[] permissions)
    {
        var name = NewRoleName();
        (await (await app.RootAsync()).PutAsync($"/admin/roles/{name}", new { permissions })).ShouldSucceed(201);
        return name;
    }

    /// <summary>Somebody with a role of their own that allows just this.</summary>
    public static async Task<Browser> NewStaffAsync(this TestApp app, params string[] permissions)
    {
        var person = await app.NewUserAsync();
        await app.GiveAsync(person.UserId, await app.NewRoleAsync(permissions));
        return person;
    }

    public static async Task GiveAsync(this TestApp app, string userId, params string[] roles) =>
        (await (await app.RootAsync()).PutAsync($"/admin/users/{userId}/roles", new { roles })).ShouldSucceed();

    /// <summary>The browser goes on in the user's name.</summary>
    public static async Task<Answer> ActAsAsync(this Browser admin, string userId, string reason = "Ticket 4711") =>
        (await admin.PostAsync($"/admin/users/{userId}/impersonate", new { reason })).ShouldSucceed();

    /// <summary>Another browser with the same cookie.</summary>
    public static Browser Copy(this TestApp app, string? cookie)
    {
        var browser = app.NewBrowser();
        browser.SessionCookie = cookie;
        return browser;
    }

    /// <summary>Changes the database behind the application's back.</summary>
    public static Task<int> RunSqlAsync(this TestApp app, FormattableString sql) =>
        app.InspectAsync(db => db.Database.ExecuteSqlInterpolatedAsync(sql));

    /// <summary>How many rows of any table but the audit log's hold the text in any column, by table.</summary>
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
#pragma warning disable EF1002 // The names are the schema's own.
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
