using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roundtable.Application.Administration;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Repositories;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>Bulk actions on all users that match a filter.</summary>
public sealed class BulkMatchingTests
{
    private const string Path = "/admin/users/bulk/matching";

    private static readonly HttpMethod Post = HttpMethod.Post;

    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [Test]
    public async Task Ban_ReachesEachOf1200UsersOnce_ThoughItChangesTheFilter()
    {
        var name = await AddAsync(1200);
        var answer = await admin.PostAsync($"{Path}?search={name}&banned=false", Ban(1200));
        var lines = Lines(answer);
        Assert.That(answer.Header("Content-Type"), Is.EqualTo("application/x-ndjson"));
        Assert.That(lines.Select(l => (int)l["done"]!), Is.EqualTo(Enumerable.Range(1, 12).Select(i => i * 100).Append(1200)));
        Assert.That(lines.Select(l => (bool)l["complete"]!), Is.EqualTo(Enumerable.Repeat(false, 12).Append(true)));
        Assert.That(lines, Has.All.Matches<JsonNode>(l => (int)l["total"]! == 1200 && (int)l["failed"]! == 0));
        Assert.That(await BannedAsync(name), Is.EqualTo(1200));
        Assert.That(
            await App.InspectAsync(db =>
                db.AuditEntries.CountAsync(e =>
                    e.Action == "user.banned" && db.Users.Any(u => u.Id == e.TargetId && u.NormalizedEmail.Contains(name))
                )
            ),
            Is.EqualTo(1200),
            "one entry a user"
        );
    }

    [Test]
    public async Task Failures_AreNamed_AndDoNotStopTheRest()
    {
        var name = NewName();
        using var caller = await App.SignInAsync($"{name}-a@example.com");
        using var superior = await App.SignInAsync($"{name}-b@example.com");
        using var user = await App.SignInAsync($"{name}-c@example.com");
        await App.GiveAsync(caller.UserId, await App.NewRoleAsync("users:list", "users:ban"));
        await App.GiveAsync(superior.UserId, await App.NewRoleAsync("roles:write"));
        var lines = Lines(await caller.PostAsync($"{Path}?search={name}", Ban(3)));
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(
            lines[0]["failures"]!.AsArray().Select(f => ((string?)f!["id"], (string?)f["email"], (string?)f["code"])),
            Is.EquivalentTo(
                new (string?, string?, string?)[]
                {
                    (caller.UserId, $"{name}-a@example.com", "not_on_yourself"),
                    (superior.UserId, $"{name}-b@example.com", "forbidden"),
                }
            )
        );
        Assert.That(
            ((int)lines[1]["succeeded"]!, (int)lines[1]["failed"]!, (bool)lines[1]["complete"]!, lines[1]["failures"]!.AsArray().Count),
            Is.EqualTo((1, 2, true, 0))
        );
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await superior.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task SetRoles_RevokeSessions_Unban_AndDelete()
    {
        var name = NewName();
        using var one = await App.SignInAsync($"{name}-a@example.com");
        using var two = await App.SignInAsync($"{name}-b@example.com");
        var role = await App.NewRoleAsync("audit:read");
        await RunAsync(
            name,
            new
            {
                action = "setRoles",
                expected = 2,
                roles = new[] { role },
            }
        );
        (await one.GetAsync("/admin/audit-log")).ShouldSucceed();
        await RunAsync(name, new { action = "revokeSessions", expected = 2 });
        (await two.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        await RunAsync(name, Ban(2));
        Assert.That(await BannedAsync(name), Is.EqualTo(2));
        await RunAsync(name, new { action = "unban", expected = 2 });
        Assert.That(await BannedAsync(name), Is.Zero);
        await RunAsync(name, new { action = "delete", expected = 2 });
        Assert.That((await admin.GetAsync($"/admin/users?search={name}")).Items, Is.Empty);
        await RunAsync(name, new { action = "delete", expected = 0 });
    }

    [TestCase("ban", "users:ban")]
    [TestCase("unban", "users:ban")]
    [TestCase("revokeSessions", "sessions:revoke")]
    [TestCase("delete", "users:delete")]
    [TestCase("setRoles", "users:set-role")]
    public async Task Actions_RequireTheirOwnPermission_AndThatToListUsers(string action, string permission)
    {
        var name = NewName();
        using var user = await App.SignInAsync($"{name}@example.com");
        string[] all = ["users:list", "users:ban", "sessions:revoke", "users:delete", "users:set-role"];
        var body = new
        {
            action,
            expected = 1,
            reason = "Spam",
            roles = new[] { "user" },
        };
        foreach (var lacking in (string[])[permission, "users:list"])
        {
            using var without = await App.NewStaffAsync([.. all.Where(p => p != lacking)]);
            (await without.PostAsync($"{Path}?search={name}", body)).ShouldFail(403, "forbidden");
        }

        (await user.GetAsync("/users/me")).ShouldSucceed();
        using var with = await App.NewStaffAsync("users:list", permission);
        Assert.That((int)Lines(await with.PostAsync($"{Path}?search={name}", body))[^1]["succeeded"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task Requests_AreValidated_AndChangeNothing()
    {
        var name = await AddAsync(2);
        foreach (
            var (query, body) in ((string, object)[])
                [
                    ("", Ban(2)),
                    ("?all=false", Ban(2)),
                    ($"?serach={name}", Ban(2)),
                    ($"?search={name}&banned=perhaps", Ban(2)),
                    ($"?search={name}&role=nobodys-role", Ban(2)),
                    ($"?search={name}&limit=1", Ban(2)),
                    ($"?search={name}", new { action = "ban", expected = 2 }),
                    ($"?search={name}", new { action = "ban", reason = "Spam" }),
                    ($"?search={name}", new { action = "unban", expected = -1 }),
                    ($"?search={name}", new { action = "unban", expected = "2" }),
                    ($"?search={name}", new { action = "promote", expected = 2 }),
                    ($"?search={name}", new { action = "setRoles", expected = 2 }),
                    (
                        $"?search={name}",
                        new
                        {
                            action = "unban",
                            expected = 2,
                            ids = new[] { admin.UserId },
                        }
                    ),
                    (
                        $"?search={name}",
                        new
                        {
                            action = "setRoles",
                            expected = 2,
                            roles = new[] { "nobodys-role" },
                        }
                    ),
                    (
                        $"?search={name}",
                        new
                        {
                            action = "ban",
                            expected = 2,
                            reason = "Spam",
                            expiresAt = "2020-01-01T00:00:00Z",
                        }
                    ),
                ]
        )
        {
            (await admin.PostAsync(Path + query, body)).ShouldFail(400, "validation_failed");
        }

        Assert.That(await BannedAsync(name), Is.Zero);
    }

    [TestCase(1)]
    [TestCase(3)]
    public async Task Conflict_IfAnotherNumberMatches_AndNothingIsDone(int expected)
    {
        var name = await AddAsync(2);
        var answer = (await admin.PostAsync($"{Path}?search={name}", Ban(expected))).ShouldFail(409, "conflict");
        Assert.That((int?)answer.Json["context"]!["matching"], Is.EqualTo(2));
        Assert.That(await BannedAsync(name), Is.Zero);
    }

    [Test]
    public async Task AllUsers_AreNamedExpressly_AndThoseCreatedMeanwhileAreLeftAlone()
    {
        await using var app = TestApp.Start(s =>
            s.AddScoped<IMatchingUsers>(p => new Growing(ActivatorUtilities.CreateInstance<MatchingUsersRepository>(p), () => LateAsync(p)))
        );
        var root = await app.RootAsync();
        await app.AddUsersAsync(["early@example.com"]);
        (await root.PostAsync(Path, Ban(2))).ShouldFail(400, "validation_failed");
        var lines = Lines(await root.PostAsync($"{Path}?all=true", Ban(2)));
        Assert.That(lines[0]["failures"]!.AsArray().Select(f => (string?)f!["code"]), Is.EqualTo(new[] { "not_on_yourself" }));
        Assert.That((int)lines[^1]["succeeded"]!, Is.EqualTo(1));
        Assert.That(
            (await root.GetAsync("/admin/users?banned=true")).Items.Select(u => (string?)u["email"]),
            Is.EqualTo(new[] { "early@example.com" })
        );
        Assert.That((await root.GetAsync("/admin/users?search=late")).Items, Has.Count.EqualTo(1));

        // Imported with the date of an older account, so that its id is not the newest.
        async Task LateAsync(IServiceProvider services)
        {
            var db = services.GetRequiredService<RoundtableDbContext>();
            db.Users.Add(User.Import(People.Parse("late@example.com"), null, DateTime.UtcNow.AddYears(-1)));
            await db.SaveChangesAsync();
        }
    }

    [Test]
    public async Task CallerDemotedMeanwhile_StopsAtTheNextUser()
    {
        var name = await AddAsync(1200);
        using var staff = await App.NewStaffAsync("users:list", "users:ban");
        using var reader = await StartAsync(staff, name);
        Assert.That((int)(await NextAsync(reader))!["done"]!, Is.EqualTo(100));
        (await admin.PutAsync($"/admin/users/{staff.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        JsonNode? last = null;
        while (await NextAsync(reader) is { } line)
        {
            last = line;
        }

        Assert.That(((string?)last!["code"], (bool)last["complete"]!), Is.EqualTo(("forbidden", false)));
        Assert.That(await BannedAsync(name), Is.EqualTo((int)last["succeeded"]!).And.LessThan(1200));
    }

    [Test]
    public async Task ClosedConnection_CancelsTheRest()
    {
        var name = await AddAsync(1200);
        using (var reader = await StartAsync(admin, name))
        {
            await NextAsync(reader);
        }

        var (before, now) = (-1, await BannedAsync(name));
        while (before != now)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5));
            (before, now) = (now, await BannedAsync(name));
        }

        Assert.That(now, Is.InRange(100, 1100));
    }

    [Test]
    public async Task Shutdown_EndsTheActionWithACode()
    {
        await using var app = TestApp.Start(s =>
            s.AddScoped<IMatchingUsers>(p => new Growing(ActivatorUtilities.CreateInstance<MatchingUsersRepository>(p), () => StopAsync(p)))
        );
        var root = await app.RootAsync();
        await app.AddUsersAsync(["early@example.com"]);
        var last = Lines(await root.PostAsync($"{Path}?all=true", Ban(2)))[^1];
        Assert.That(((string?)last["code"], (int)last["done"]!, (bool)last["complete"]!), Is.EqualTo(("unavailable", 0, false)));

        static Task StopAsync(IServiceProvider services)
        {
            services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            return Task.CompletedTask;
        }
    }

    [Test]
    public async Task ApiKeys_NeedBothScopes_AndSetRolesOnlyAsServiceAccounts()
    {
        var name = await AddAsync(1);
        var list = await admin.NewServiceKeyAsync(["admin"], "users:list");
        var ban = await admin.NewServiceKeyAsync(["admin"], "users:ban");
        var both = await admin.NewServiceKeyAsync(["admin"], "users:list", "users:ban", "users:set-role");
        foreach (var key in (string[])[list.Secret, ban.Secret])
        {
            (await App.SendAsync(key, Post, $"{Path}?search={name}", JsonContent.Create(Ban(1)))).ShouldFail(403, "forbidden");
        }

        var roles = new
        {
            action = "setRoles",
            expected = 1,
            roles = new[] { "user" },
        };
        foreach (var body in (object[])[Ban(1), roles])
        {
            var answer = await App.SendAsync(both.Secret, Post, $"{Path}?search={name}", JsonContent.Create(body));
            Assert.That((int)Lines(answer)[^1]["succeeded"]!, Is.EqualTo(1));
        }
    }

    private static object Ban(int expected) =>
        new
        {
            action = "ban",
            expected,
            reason = "Spam",
        };

    private static string NewName() => TestApp.NewEmail("many").Split('@')[0].ToUpperInvariant();

    private static async Task<string> AddAsync(int count)
    {
        var name = NewName();
        await App.AddUsersAsync(Enumerable.Range(0, count).Select(i => $"{name}-{i}@example.com"));
        return name;
    }

    private static Task<int> BannedAsync(string name) =>
        App.InspectAsync(db => db.Users.CountAsync(u => u.NormalizedEmail.Contains(name) && u.BannedUntilUtc != null));

    private static List<JsonNode> Lines(Answer answer) =>
        [.. answer.ShouldSucceed().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    private async Task RunAsync(string name, object body)
    {
        var last = Lines(await admin.PostAsync($"{Path}?search={name}", body))[^1];
        Assert.That(((bool)last["complete"]!, (int)last["failed"]!), Is.EqualTo((true, 0)), last.ToJsonString());
    }

    private static async Task<StreamReader> StartAsync(Browser caller, string name)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = App.BaseAddress };
        using var request = new HttpRequestMessage(Post, $"{Browser.Api}{Path}?search={name}") { Content = JsonContent.Create(Ban(1200)) };
        request.Headers.Add("Cookie", $"roundtable.session={caller.SessionCookie}");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
    }

    private static async Task<JsonNode?> NextAsync(StreamReader reader) =>
        await reader.ReadLineAsync() is { } line ? JsonNode.Parse(line) : null;

    /// <summary>Another user appears as soon as the users are determined.</summary>
    private sealed class Growing(IMatchingUsers inner, Func<Task> grow) : IMatchingUsers
    {
        public async Task<IReadOnlyList<Guid>> FindIdsAsync(UserFilter filter, CancellationToken ct)
        {
            var ids = await inner.FindIdsAsync(filter, ct);
            await grow();
            return ids;
        }

        public Task<IReadOnlyDictionary<string, string>> ReadAddressesAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
            inner.ReadAddressesAsync(ids, ct);
    }
}
