using Microsoft.EntityFrameworkCore;
using Roundtable.Application.ApiKeys;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The cost of hot paths: one query for the session, one for the requested data.</summary>
[NonParallelizable]
public sealed class CommandCountTests
{
    private const int ProfileChange = 11;

    private SqlLog log = null!;
    private TestApp app = null!;
    private Browser admin = null!;
    private Browser user = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        log = new SqlLog();
        app = TestApp.Start(("Database:Provider", "Sqlite"), ("Database:Sqlite:Engine", "Fast"));
        admin = await app.SignInAsAdminAsync();
        user = await app.SignInAsync(TestApp.NewEmail());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        user.Dispose();
        await app.DisposeAsync();
        log.Dispose();
    }

    [Test]
    public Task OwnAccount_TakesTwoQueries() => ShouldTake(2, () => user.GetAsync("/users/me"));

    [Test]
    public Task User_TakesTwoQueries_WhenReadByThemselves() => ShouldTake(2, () => user.GetAsync($"/users/{user.UserId}"));

    [Test]
    public Task User_TakesTwoQueries_WhenReadByAnAdmin() => ShouldTake(2, () => admin.GetAsync($"/users/{user.UserId}"));

    [Test]
    public Task User_TakesTwoQueries_WhenReadByAnotherUser() => ShouldTake(2, () => user.GetAsync($"/users/{admin.UserId}"));

    [Test]
    [Category("threat-61")]
    public async Task Key_TakesOneQuery_AndWhatCannotBeOneTakesNone()
    {
        var key = (await admin.NewKeyAsync("users:read")).Secret;
        (await app.GetAsync(key, $"/users/{user.UserId}")).ShouldSucceed();
        await Poll.UntilAsync(() => app.InspectAsync(db => db.ApiKeys.AnyAsync(k => k.LastUsedAtUtc != null)));
        await ShouldTake(2, () => app.GetAsync(key, $"/users/{user.UserId}"));
        await ShouldTake(1, () => app.GetAsync(ApiKeySecrets.Create(forService: true), "/admin/users"), 401);
        await ShouldTake(0, () => app.GetAsync($"{key[..^1]}{(key[^1] == '0' ? '1' : '0')}", "/admin/users"), 401);
        await ShouldTake(0, () => app.GetAsync("rt_pat_short", "/admin/users"), 401);
    }

    [TestCase("")]
    [TestCase("?search=a&banned=false&emailVerified=true&sort=name&order=desc&limit=1")]
    public Task AdminList_TakesTwoQueries(string query) => ShouldTake(2, () => admin.GetAsync($"/admin/users{query}"));

    /// <summary>
    /// The session; in a savepoint again the session, the user, roles, the chain, the entry, the chain, the user; then the response.
    /// </summary>
    [Test]
    [Category("threat-32")]
    public Task ProfileChange_TakesOneMoreStatement_ForTheSession() =>
        ShouldTake(ProfileChange, () => user.PatchAsync("/users/me", new { name = "Ada" }));

    /// <summary>The session, the page, and the names of its users.</summary>
    [Test]
    public Task AuditLog_TakesThreeQueries() => ShouldTake(3, () => admin.GetAsync("/admin/audit-log"));

    /// <summary>The session, the daily counts of both periods, failed sign-ins of both, users, sessions.</summary>
    [Test]
    public Task Statistics_TakeFiveQueries() => ShouldTake(5, () => admin.GetAsync("/admin/stats"));

    [Test]
    public Task Health_TakesNoQuery() => ShouldTake(0, () => admin.RawAsync(HttpMethod.Get, "/health/live"));

    private async Task ShouldTake(int expected, Func<Task<Answer>> request, int status = 200)
    {
        var before = log.Of(app).Count;
        (await request()).ShouldSucceed(status);

        // Background workers query their own tables meanwhile.
        var commands = log.Of(app)
            .Skip(before)
            .Where(c =>
                !c.Text.Contains("\"OutboxMails\"", StringComparison.Ordinal)
                && !c.Text.Contains("\"Webhook", StringComparison.Ordinal)
                && !c.Text.Contains("\"UserSearchPending", StringComparison.Ordinal)
            )
            .Select(c => c.Text)
            .ToList();
        Assert.That(commands, Has.Count.EqualTo(expected), string.Join("\n\n", commands));
    }
}
