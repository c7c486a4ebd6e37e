using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// No statement reads a whole table that grows. Each one that the application issues in a long scenario is explained by SQLite,
/// without statistics: the planner then takes every table for a large one.
/// </summary>
public sealed partial class QueryPlanTests
{
    private static readonly string[] Growing =
        ["Users", "UserProfiles", "UserRoles", "Credentials", "Passkeys", "RecoveryCodes", "Sessions", "OneTimeTokens", "Throttles", "OutboxMails", "AuditEntries", "DailyCounts"];

    private SqlLog log = null!;
    private TestApp app = null!;

    [OneTimeSetUp]
    public async Task Run()
    {
        log = new SqlLog();
        app = TestApp.Start();
        using var admin = await app.SignInAsAdminAsync();
        var others = new[] { await app.SignInAsync(TestApp.NewEmail("ada")), await app.SignInAsync(TestApp.NewEmail("bob")) };
        await ListUsersAsync(admin);
        await ListAuditAsync(admin, others[0].UserId);
        await ManageAsync(admin, others[0], others[1]);
        await AdministerAsync(admin, others[0].UserId);
        await OwnAccountAsync(TestApp.NewEmail("eve"));
        foreach (var other in others)
        {
            other.Dispose();
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await app.DisposeAsync();
        log.Dispose();
    }

    [Test]
    public void Statements_ReadNoGrowingTableWhole()
    {
        var statements = Statements();
        Assert.That(statements, Has.Count.GreaterThan(60), "The scenario is too short");
        var scans = statements
            .SelectMany(s => Explain(s).Where(step => IsScan(step.Text, s.Text)).Select(step => $"{step.Text}\n{s.Text}"))
            .Distinct();
        Assert.That(string.Join("\n\n", scans), Is.Empty);
    }

    // What is sorted has been read: a page of a list must come in its index's order. Allowed are the outermost sort, of one page;
    // two indexes that are joined by "or" (what one person did, what mail is due); and what the index of another filter leaves.
    [Test]
    public void Lists_AreReadInTheOrderOfAnIndex()
    {
        var sorts = Statements()
            .Where(s => s.Text.Contains("LIMIT", StringComparison.Ordinal))
            .Where(s => SortsMoreThanAPage(Explain(s)))
            .Select(s => string.Join('\n', Explain(s).Select(step => step.Text).Prepend(s.Text)));
        Assert.That(string.Join("\n\n", sorts), Is.Empty);
    }

    private static bool SortsMoreThanAPage(List<Step> steps)
    {
        var pages = steps.Where(s => s.Text.StartsWith("CO-ROUTINE", StringComparison.Ordinal)).Select(s => s.Id).ToList();
        var sorts = steps.Where(s => s.Text.Contains("TEMP B-TREE", StringComparison.Ordinal)).ToList();
        return !steps.Any(s => s.Text == "MULTI-INDEX OR")
            && sorts.Any(s => pages.Count == 0 || (s.Parent != 0 && steps.Any(other => other.Parent == s.Parent && other.Text.StartsWith("SCAN", StringComparison.Ordinal))));
    }

    private static bool IsScan(string step, string sql)
    {
        if (Scan().Match(step) is not { Success: true } scan || step.Contains("USING INDEX", StringComparison.Ordinal) || step.Contains("USING COVERING INDEX", StringComparison.Ordinal))
        {
            return false;
        }

        var name = scan.Groups["name"].Value;
        var table = Regex.Match(sql, $"\"(?<table>\\w+)\" AS \"{name}\"") is { Success: true } alias ? alias.Groups["table"].Value : name;
        return Growing.Contains(table);
    }

    private List<SqlCommand> Statements() =>
    [
        .. log.Of(app).Where(c => Statement().IsMatch(c.Text) && !c.Text.Contains("__EFMigrations", StringComparison.Ordinal) && !c.Text.Contains("sqlite_master", StringComparison.Ordinal))
            .DistinctBy(c => c.Text),
    ];

    private List<Step> Explain(SqlCommand statement)
    {
        using var connection = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement.Text}";
        foreach (var (name, value) in statement.Parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<Step>();
        while (reader.Read())
        {
            steps.Add(new Step(reader.GetInt32(0), reader.GetInt32(1), reader.GetString(3)));
        }

        return steps;
    }

    private static async Task ListUsersAsync(Browser admin)
    {
        var since = Uri.EscapeDataString("2020-01-01T00:00:00Z");
        string[] filters =
        [
            "", "search=example", "role=user", "banned=false", "banned=true", "emailVerified=true", "emailVerified=false", "search=a&banned=false&emailVerified=true", $"createdFrom={since}&createdTo=2100-01-01", $"lastSeenFrom={since}",
            $"search=a&role=user&banned=false&emailVerified=true&createdFrom={since}&createdTo=2100-01-01&lastSeenFrom={since}",
        ];
        foreach (var sort in (string[])["createdAt", "email", "name", "lastSeenAt"])
        {
            foreach (var order in (string[])["asc", "desc"])
            {
                foreach (var filter in filters)
                {
                    await PagesAsync(admin, $"/admin/users?limit=1&sort={sort}&order={order}&{filter}");
                }
            }
        }
    }

    private static async Task ListAuditAsync(Browser admin, string userId)
    {
        foreach (var filter in (string[])
                 [
                     "", $"actor={userId}", $"target={userId}", "action=magicLink.requested", "from=2020-01-01", "to=2100-01-01", "from=2020-01-01&to=2100-01-01",
                     $"actor={userId}&target={userId}&action=magicLink.redeemed&from=2020-01-01&to=2100-01-01",
                 ])
        {
            await PagesAsync(admin, $"/admin/audit-log?limit=1&{filter}");
        }
    }

    private async Task ManageAsync(Browser admin, Browser ada, Browser bob)
    {
        (await admin.GetAsync($"/admin/users/{ada.UserId}")).ShouldSucceed();
        (await admin.GetAsync($"/users/{ada.UserId}")).ShouldSucceed();
        (await ada.GetAsync($"/users/{bob.UserId}")).ShouldSucceed();
        (await admin.GetAsync($"/admin/users/{ada.UserId}/sessions")).ShouldSucceed();
        (await admin.PutAsync($"/admin/users/{ada.UserId}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        (await admin.PutAsync($"/admin/users/{ada.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        app.Clock.Advance(TimeSpan.FromHours(25));
        (await ada.GetAsync("/users/me")).ShouldSucceed();
        (await ada.GetAsync("/sessions")).ShouldSucceed();
        (await ada.GetAsync("/auth/session")).ShouldSucceed();
        (await ada.DeleteAsync("/sessions")).ShouldSucceed(204);
        var own = (await bob.GetAsync("/auth/session")).ShouldSucceed();
        (await admin.DeleteAsync($"/admin/sessions/{(string)own.Data["session"]!["id"]!}")).ShouldSucceed(204);
        (await admin.PostAsync($"/admin/users/{ada.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{ada.UserId}/unban")).ShouldSucceed();
        (await admin.DeleteAsync($"/admin/users/{ada.UserId}/sessions")).ShouldSucceed(204);
        (await bob.RawAsync(HttpMethod.Get, "/health/ready")).ShouldSucceed();
    }

    private static async Task AdministerAsync(Browser admin, string userId)
    {
        foreach (var list in (string[])
                 [
                     "/admin/emails?limit=1", "/admin/emails?limit=1&status=sent", $"/admin/emails?limit=1&userId={userId}", $"/admin/emails?limit=1&userId={userId}&status=sent",
                 ])
        {
            await PagesAsync(admin, list);
        }

        foreach (var read in (string[])
                 [
                     "/admin/roles", "/admin/stats", "/admin/audit-log/verify", "/admin/users/export?format=csv", "/admin/users/export?format=csv&search=a&role=user&banned=false",
                     "/admin/audit-log/export?format=csv", "/admin/audit-log/export?format=ndjson&from=2020-01-01&to=2100-01-01",
                 ])
        {
            (await admin.GetAsync(read)).ShouldSucceed();
        }

        var made = (await admin.PostAsync("/admin/users", new { email = TestApp.NewEmail("made"), name = "Made", sendInvitation = true })).ShouldSucceed(201);
        var id = (string)made.Data["id"]!;
        (await admin.PatchAsync($"/admin/users/{id}", new { name = "Changed" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{id}/unlock")).ShouldSucceed(204);
        (await admin.PostAsync("/admin/users/bulk", new { action = "revokeSessions", ids = new[] { id } })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{id}/impersonate", new { reason = "Support" })).ShouldSucceed();
        (await admin.GetAsync("/users/me")).ShouldSucceed();
        (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        (await admin.PutAsync("/admin/roles/helper", new { permissions = new[] { "users:list" } })).ShouldSucceed(201);
        (await admin.DeleteAsync("/admin/roles/helper")).ShouldSucceed(204);
        (await admin.DeleteAsync($"/admin/users/{id}")).ShouldSucceed(204);
    }

    private async Task OwnAccountAsync(string email)
    {
        const string password = "correct horse battery staple";
        using var browser = app.NewBrowser();
        (await browser.PostAsync("/auth/sign-up", new { email, password, name = "Eve" })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/email/verify", new { token = (await app.Mail.WaitAsync(email))[^1].Token })).ShouldSucceed(204);
        (await browser.PostAsync("/auth/sign-in", new { email, password = "wrong password here" })).ShouldFail(401, "invalid_credentials");
        (await browser.PostAsync("/auth/sign-in", new { email, password })).ShouldSucceed();
        (await browser.PostAsync("/auth/reauthenticate", new { password })).ShouldSucceed(204);
        (await browser.PatchAsync("/users/me", new { name = "Eve", bio = "Text" })).ShouldSucceed();
        (await browser.PostAsync("/auth/password/forgot", new { email })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/password/reset", new { token = new string('a', 43), newPassword = password })).ShouldFail(400, "invalid_token");
        (await browser.PostAsync("/auth/password/change", new { currentPassword = password, newPassword = password + "!" })).ShouldSucceed(204);
        (await browser.PostAsync("/auth/email/change", new { newEmail = TestApp.NewEmail("new") })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed();
        (await browser.GetAsync("/auth/two-factor")).ShouldSucceed();
        (await browser.PostAsync("/auth/passkeys/registration/options")).ShouldSucceed();
        (await browser.GetAsync("/passkeys")).ShouldSucceed();
        await PagesAsync(browser, "/users/me/activity?limit=1");
        (await browser.GetAsync("/users/me/export")).ShouldSucceed();
        (await browser.DeleteAsync("/users/me")).ShouldSucceed(204);
        (await browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
    }

    private static async Task PagesAsync(Browser browser, string list)
    {
        var first = (await browser.GetAsync(list)).ShouldSucceed();
        if ((string?)first.Data["pagination"]!["nextCursor"] is { } cursor)
        {
            (await browser.GetAsync($"{list}&cursor={Uri.EscapeDataString(cursor)}")).ShouldSucceed();
        }

        (await browser.GetAsync($"{list}&includeTotal=true")).ShouldSucceed();
    }

    private sealed record Step(int Id, int Parent, string Text);

    [GeneratedRegex("^SCAN (TABLE )?(?<name>\\w+)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE)\b")]
    private static partial Regex Statement();
}
