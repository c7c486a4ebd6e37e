using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Repositories;
using Roundtable.Infrastructure.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>SQLite's engine and EF Core's connections return the same sessions, users and lists.</summary>
[Category(Databases.OnServer)]
public sealed class HotReadTests
{
    private TestApp app = null!;
    private Browser admin = null!;
    private Browser user = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start(("Database:Provider", "Sqlite"), ("Database:Sqlite:Engine", "Fast"));
        admin = await app.SignInAsAdminAsync();
        user = await app.SignInAsync(TestApp.NewEmail());
        (
            await user.PatchAsync(
                "/users/me",
                new
                {
                    name = "Zoë 🦊",
                    image = "https://example.com/z.png",
                    bio = "one\ntwo",
                    locale = "de-AT",
                    timeZone = "Europe/Vienna",
                }
            )
        ).ShouldSucceed();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await app.SignInAsync(TestApp.NewEmail())).Dispose();
        }

        var (banned, past) = (await CreateAsync(), await CreateAsync());
        (await admin.PostAsync($"/admin/users/{banned}/ban", new { reason = "spam" })).ShouldSucceed();
        (
            await admin.PostAsync($"/admin/users/{past}/ban", new { reason = "pause", expiresAt = DateTime.UtcNow.AddDays(1) })
        ).ShouldSucceed();
        (await admin.PutAsync("/admin/roles/support", new { permissions = new[] { "users:list", "users:read" } })).ShouldSucceed(201);
        (await admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = new[] { "user", "support" } })).ShouldSucceed();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        user.Dispose();
        await app.DisposeAsync();
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task Users_MatchEfCore(int daysFromNow)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        var clock = new OffsetClock(TimeSpan.FromDays(daysFromNow));
        var (prepared, plain) = (Reader(scope, app.Services.GetRequiredService<FastSqlite>(), clock), Reader(scope, null, clock));
        var ids = await db.Users.Select(u => u.Id).ToListAsync();
        Assert.That(ids, Has.Count.GreaterThanOrEqualTo(6));
        foreach (var id in ids.Append("0"))
        {
            Assert.That(Flat(await prepared.ReadAsync(id, default)), Is.EqualTo(Flat(await plain.ReadAsync(id, default))));
        }
    }

    [TestCase(0)]
    [TestCase(30)]
    public async Task Sessions_MatchEfCore(int daysFromNow)
    {
        (await admin.PostAsync($"/admin/users/{await CreateAsync()}/impersonate", new { reason = "test" })).ShouldSucceed();
        (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        var (prepared, plain) = (
            Reader(scope, app.Services.GetRequiredService<FastSqlite>(), TimeProvider.System),
            Reader(scope, null, TimeProvider.System)
        );
        var now = DateTime.UtcNow.AddDays(daysFromNow);
        var found = 0;
        var hashes = await db.Sessions.Select(s => s.KeyHash).ToListAsync();
        foreach (var hash in hashes.Append("0"))
        {
            var expected = await plain.FindAsync(hash, now, default);
            found += expected is null ? 0 : 1;
            Assert.That(Flat(await prepared.FindAsync(hash, now, default)), Is.EqualTo(Flat(expected)));
        }

        Assert.That(found, daysFromNow == 0 ? Is.GreaterThanOrEqualTo(3) : Is.Zero);
    }

    [Test]
    public async Task Impersonation_MatchesEfCore()
    {
        (await admin.PostAsync($"/admin/users/{await CreateAsync()}/impersonate", new { reason = "test" })).ShouldSucceed();
        try
        {
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
            var hash = await db.Sessions.Where(s => s.ImpersonatorId != null && s.EndedAtUtc == null).Select(s => s.KeyHash).SingleAsync();
            var prepared = Reader(scope, app.Services.GetRequiredService<FastSqlite>(), TimeProvider.System);
            var expected = await Reader(scope, null, TimeProvider.System).FindAsync(hash, DateTime.UtcNow, default);
            Assert.That(expected?.Impersonator?.UserId, Is.EqualTo(admin.UserId));
            Assert.That(Flat(await prepared.FindAsync(hash, DateTime.UtcNow, default)), Is.EqualTo(Flat(expected)));
        }
        finally
        {
            (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        }
    }

    [Test]
    public async Task Pages_MatchEfCore()
    {
        var (since, soon) = (app.Now.AddDays(-1), app.Now.AddDays(1));
        UserFilter[] filters =
        [
            new(),
            new(Search: "example"),
            new(Search: "zoë 🦊"),
            new(Search: "nobody at all"),
            new(Search: "us"),
            new(Role: "support"),
            new(Banned: true),
            new(Banned: false),
            new(EmailVerified: true),
            new(EmailVerified: false),
            new(CreatedFromUtc: since, CreatedToUtc: soon),
            new(LastSeenFromUtc: since),
            new(CreatedFromUtc: soon),
            new(
                Search: "example",
                Role: "user",
                Banned: false,
                EmailVerified: true,
                CreatedFromUtc: since,
                CreatedToUtc: soon,
                LastSeenFromUtc: since
            ),
        ];
        await using var scope = app.Services.CreateAsyncScope();
        var prepared = List(scope, app.Services.GetRequiredService<FastSqlite>());
        var plain = List(scope, null);
        var everybody = await scope
            .ServiceProvider.GetRequiredService<RoundtableDbContext>()
            .Users.AsNoTracking()
            .Include(u => u.Roles)
            .ToListAsync();
        var rows = 0;
        foreach (
            var (filter, sort, descending) in from f in filters
            from s in Enum.GetValues<UserSort>()
            from d in (bool[])[false, true]
            select (f, s, d)
        )
        {
            UserPosition? after = null;
            do
            {
                var page = new UserPageQuery(filter, new UserOrder(sort, descending), after, 2, app.Now);
                var (actual, expected) = (await prepared.ReadAsync(page, null, default), await plain.ReadAsync(page, null, default));
                Assert.That(actual.Select(Flat), Is.EqualTo(expected.Select(Flat)), page.ToString());
                Assert.That(actual.Select(u => u.Id), Is.EqualTo(Expected(everybody, page)), page.ToString());
                rows += actual.Count;
                after = actual.Count == 2 ? Position(actual[^1], sort) : null;
            } while (after is not null);
        }

        Assert.That(rows, Is.GreaterThan(300), "compared rows");
    }

    /// <summary>Computes the expected page from the users in memory.</summary>
    private static IEnumerable<string> Expected(IEnumerable<User> everybody, UserPageQuery page)
    {
        var (filter, part) = (page.Filter, UnicodeText.Fold(page.Filter.Search ?? ""));
        var matching = everybody
            .Where(u =>
                u.NormalizedEmail.Contains(part, StringComparison.Ordinal) || u.NormalizedName.Contains(part, StringComparison.Ordinal)
            )
            .Where(u => filter.Role is null || u.Roles.Any(r => r.RoleName == filter.Role))
            .Where(u => filter.Banned is null || (u.BannedUntilUtc > page.NowUtc) == filter.Banned)
            .Where(u => filter.EmailVerified is null || u.EmailVerified == filter.EmailVerified)
            .Where(u =>
                !(u.CreatedAtUtc < filter.CreatedFromUtc)
                && !(u.CreatedAtUtc >= filter.CreatedToUtc)
                && !(u.LastSeenOrEpochUtc < filter.LastSeenFromUtc)
            )
            .OrderBy(u => Key(u, page.Order!.Sort), StringComparer.Ordinal)
            .ThenBy(u => u.Id, StringComparer.Ordinal)
            .Select(u => u.Id)
            .ToList();
        if (page.Order!.Descending)
        {
            matching.Reverse();
        }

        return matching.Skip(matching.IndexOf(page.After?.Id ?? "") + 1).Take(page.Take);
    }

    private static string Key(User user, UserSort sort) =>
        sort switch
        {
            UserSort.Email => user.NormalizedEmail,
            UserSort.Name => user.NormalizedName,
            UserSort.LastSeenAt => $"{user.LastSeenOrEpochUtc.Ticks:d20}",
            _ => $"{user.CreatedAtUtc.Ticks:d20}",
        };

    private static UserPosition Position(UserDto last, UserSort sort) =>
        sort switch
        {
            UserSort.Email => new UserPosition(EmailAddress.Normalize(last.Email), null, last.Id),
            UserSort.Name => new UserPosition(last.Name.ToUpperInvariant(), null, last.Id),
            UserSort.LastSeenAt => new UserPosition("", last.LastSeenAt ?? User.NeverSeen, last.Id),
            _ => new UserPosition("", last.CreatedAt, last.Id),
        };

    private async Task<string> CreateAsync() =>
        (string)(await admin.PostAsync("/admin/users", new { email = TestApp.NewEmail() })).ShouldSucceed(201).Data["id"]!;

    private static HotReader Reader(IServiceScope scope, FastSqlite? engine, TimeProvider clock) =>
        ActivatorUtilities.CreateInstance<HotReader>(scope.ServiceProvider, Runner(scope, engine), clock);

    private static UserListRepository List(IServiceScope scope, FastSqlite? engine) =>
        ActivatorUtilities.CreateInstance<UserListRepository>(scope.ServiceProvider, Runner(scope, engine));

    private static StatementRunner Runner(IServiceScope scope, FastSqlite? engine) =>
        new(engine, scope.ServiceProvider.GetRequiredService<RoundtableDbContext>);

    private static string Flat(UserDto? user) =>
        user is null ? "none" : $"{user with { Roles = [] }} {string.Join(',', user.Roles.Order(StringComparer.Ordinal))}";

    private static string Flat(CurrentSession? session) =>
        session is null
            ? "none"
            : $"{session with { Roles = new HashSet<string>(), Permissions = new HashSet<string>() }} "
                + $"{string.Join(',', session.Roles.Order())} {string.Join(',', session.Permissions.Order())}";

    private sealed class OffsetClock(TimeSpan late) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + late;
    }
}
