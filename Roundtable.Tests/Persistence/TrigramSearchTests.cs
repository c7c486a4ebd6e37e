using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Repositories;
using Roundtable.Infrastructure.Persistence.Search;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Properties;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// SQL Server's index for the user list's search finds the same users as a scan, whatever changed and whether or not the changes are
/// indexed yet: always on SQLite, and on SQL Server if configured.
/// </summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class TrigramSearchTests(DatabaseProvider provider)
{
    private static readonly string[] Fragments =
    [
        "a",
        "a",
        "b",
        "B",
        "c",
        " ",
        "'",
        "%",
        "_",
        "[",
        "\"",
        "é",
        "ß",
        "İ",
        "🦊",
        "🦊",
        "łó",
        "ann",
        "example",
        "e\u0301",
    ];

    private SqlLog log = null!;
    private TestApp app = null!;

    [SetUp]
    public async Task Start()
    {
        log = new SqlLog();
        if (provider == DatabaseProvider.SqlServer)
        {
            app = Databases.Start(provider);
            return;
        }

        app = TestApp.Start(TrigramSearchOnSqlite.Use, ("Database:Provider", "Sqlite"));
        await TrigramSearchOnSqlite.CreateTablesAsync(app);
    }

    [TearDown]
    public async Task Stop()
    {
        await app.DisposeAsync();
        log.Dispose();
    }

    [Test]
    public async Task Search_FindsTheSameUsersAsAScan_AfterAnyChange()
    {
        var names = new Queue<string>(Gen.Elements(Fragments).Parts(1, 9).Sample(400).Where(n => n.Trim().Length > 0));
        await AddAsync(60, names);
        var found = await CompareAsync("new");
        await TrigramSearchOnSqlite.IndexAsync(app);
        found += await CompareAsync("indexed");
        for (var round = 0; round < 3; round++)
        {
            await app.ArrangeAsync(async db =>
            {
                foreach (var (user, i) in (await db.Users.OrderBy(u => u.Id).ToListAsync()).Select((u, i) => (u, i)))
                {
                    Change(db, user, (i + round) % 5, names);
                }
            });
            await AddAsync(6, names);
            found += await CompareAsync($"changed, {round}");
            await TrigramSearchOnSqlite.IndexAsync(app);
            found += await CompareAsync($"reindexed, {round}");
        }

        Assert.That(found, Is.GreaterThan(1000), "found users");
    }

    [Test]
    public async Task Index_ReturnsOnlyUsersWithAllTrigrams()
    {
        await app.AddUsersAsync(["anna.schmidt@one.example", "schmied.anna@two.example", "dtschmi@three.example"]);
        Assert.That(await FindAsync("SCHMIDT"), Has.Count.EqualTo(3), "users in the change log");
        await TrigramSearchOnSqlite.IndexAsync(app);
        Assert.That(await FindAsync("SCHMIDT"), Has.Count.EqualTo(1));
        Assert.That(await FindAsync("EXAMPLE\n"), Has.Count.EqualTo(3));
        Assert.That(await FindAsync("NOBODY"), Is.Empty);
        Assert.That(await FindAsync("AN"), Is.Null, "too short");
    }

    [Test]
    public async Task Index_MatchesTheUsers()
    {
        await app.AddUsersAsync(["before@one.example", "goes@two.example"]);
        await TrigramSearchOnSqlite.IndexAsync(app);
        await app.ArrangeAsync(async db => (await db.Users.SingleAsync(u => u.Name == "before")).Rename("Afterwards", app.Now));
        await app.ArrangeAsync(db => db.Users.Where(u => u.Name == "goes").ExecuteDeleteAsync());
        await TrigramSearchOnSqlite.IndexAsync(app);
        var held = await app.InspectAsync(db => db.Set<SearchTrigram>().Select(g => g.Gram).ToListAsync());
        Assert.That(held, Is.EquivalentTo(Trigrams.Of("BEFORE@ONE.EXAMPLE\nAFTERWARDS")));
        Assert.That(await app.InspectAsync(db => db.Set<SearchChange>().CountAsync()), Is.Zero);
        Assert.That(await app.InspectAsync(db => db.Set<SearchIndexLock>().Select(t => t.Taken).SingleAsync()), Is.EqualTo(2), "batches");
    }

    [Test]
    public async Task OtherChanges_AreNotInTheChangeLog()
    {
        await app.AddUsersAsync(["quiet@one.example"]);
        await TrigramSearchOnSqlite.IndexAsync(app);
        await app.ArrangeAsync(async db => (await db.Users.SingleAsync()).Ban("Loud", null, app.Now));
        Assert.That(await app.InspectAsync(db => db.Set<SearchChange>().CountAsync()), Is.Zero);
    }

    // The previous version records no changes, and runs beside this one while instances are replaced.
    [Test]
    public async Task Reconciliation_FindsUnrecordedChanges()
    {
        // Not the application's clock, which would also wake its worker.
        var clock = new FakeTimeProvider();
        var round = new SearchReconciliation(clock);
        await app.AddUsersAsync(["renamed@one.example", "stays@two.example"]);
        await ReconcileAsync(round);
        await app.ArrangeAsync(db =>
            db.Users.Where(u => u.Name == "renamed")
                .ExecuteUpdateAsync(s => s.SetProperty(u => u.Name, "Qwertz").SetProperty(u => u.NormalizedName, "QWERTZ"))
        );
        await ReconcileAsync(round);
        Assert.That(await FindAsync("QWERTZ"), Is.Empty, "the last pass was a moment ago");

        // The first pass reaches the end, the next one starts over.
        for (var minute = 0; minute < 2; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await ReconcileAsync(round);
        }

        Assert.That(await app.InspectAsync(db => db.Set<SearchChange>().CountAsync()), Is.EqualTo(1));
        Assert.That(await FindAsync("QWERTZ"), Has.Count.EqualTo(1), "in the change log");
        await ReconcileAsync(round);
        Assert.That(await app.InspectAsync(db => db.Set<SearchChange>().CountAsync()), Is.Zero);
        Assert.That(await FindAsync("QWERTZ"), Has.Count.EqualTo(1), "indexed");
    }

    [Test]
    public async Task Index_ReturnsNull_WhenThereAreTooManyCandidates()
    {
        await app.AddUsersAsync(Enumerable.Range(0, IUserSearch.MaxCandidates + 1).Select(i => $"{i:d5}@many.example"));
        Assert.That(await FindAsync("00042"), Is.Null, "in the change log");
        await TrigramSearchOnSqlite.IndexAsync(app);
        Assert.That(await FindAsync("MANY"), Is.Null, "all");
        Assert.That(await FindAsync("01234@MANY"), Has.Count.InRange(1, 20));
        var (actual, expected) = await ReadBothAsync("01999@");
        Assert.That(actual, Is.EqualTo(expected).And.Count.EqualTo(1), "beyond the first users of the list");
    }

    [Test]
    public async Task Statements_ScanNoGrowingTable()
    {
        await app.AddUsersAsync(["anna.schmidt@one.example", "schmied.anna@two.example"]);
        await TrigramSearchOnSqlite.IndexAsync(app);
        await FindAsync("SCHMIDT");
        await using var connection = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=false");
        await connection.OpenAsync();
        var statements = log.Of(app)
            .Where(c => c.Text.Contains("\"Search", StringComparison.Ordinal) && !c.Text.StartsWith("CREATE", StringComparison.Ordinal))
            .DistinctBy(c => c.Text)
            .Select(c => ExplainedStatement.Of(connection, c.Text, c.Parameters))
            .ToList();
        Assert.That(statements, Has.Count.GreaterThan(8));
        StatementGuards
            .StatementsScanNoGrowingTable(new Subject { Statements = statements, Growing = ["Users", "SearchedUsers", "SearchGrams"] })
            .ShouldBeEmpty();
    }

    private static void Change(RoundtableDbContext db, User user, int how, Queue<string> names)
    {
        switch (how)
        {
            case 0:
                user.Rename(names.Dequeue(), DateTime.UnixEpoch);
                break;
            case 1:
                user.ChangeEmail(Email($"Changed.{user.Version}.{user.Id}"), true, DateTime.UnixEpoch);
                break;
            case 2 when user.Version > 2:
                db.Users.Remove(user);
                break;
            case 3:
                user.VerifyEmail(DateTime.UnixEpoch);
                break;
        }
    }

    private static EmailAddress Email(string local) =>
        EmailAddress.TryParse($"{local}@example.com", out var email) ? email : throw new ArgumentException(local, nameof(local));

    private Task AddAsync(int count, Queue<string> names) =>
        app.ArrangeAsync(db =>
        {
            db.Users.AddRange(
                Enumerable
                    .Range(0, count)
                    .Select(_ => User.Create(Email(Guid.NewGuid().ToString("N")), names.Dequeue(), UserOrigin.Imported, app.Now))
            );
            return Task.CompletedTask;
        });

    private async Task<int> CompareAsync(string state)
    {
        var texts = await app.InspectAsync(db => db.Users.Select(u => u.Name).Concat(db.Users.Select(u => u.Email)).ToListAsync());
        var found = 0;
        for (var i = 0; i < 60; i++)
        {
            var text = texts[(i * 7) % texts.Count];
            var start = i % text.Length;
            var part = i % 6 == 5 ? text + "§" : text.Substring(start, Math.Min(1 + (i % 8), text.Length - start));
            var (actual, expected) = await ReadBothAsync(part);
            Assert.That(actual, Is.EqualTo(expected), $"{state}: '{part}'");
            found += actual.Count;
        }

        return found;
    }

    private async Task<(List<string> Actual, List<string> Expected)> ReadBothAsync(string part)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var page = new UserPageQuery(new UserFilter(Search: part), new UserOrder(UserSort.Name, false), null, 1000, app.Now);
        var actual = await ((UserListRepository)scope.ServiceProvider.GetRequiredService<IUserListRepository>()).ReadAsync(
            page,
            null,
            default
        );
        var expected = await ActivatorUtilities
            .CreateInstance<UserListRepository>(scope.ServiceProvider, new NoIndex())
            .ReadAsync(page, null, default);
        return ([.. actual.Select(u => u.Id)], [.. expected.Select(u => u.Id)]);
    }

    private async Task ReconcileAsync(SearchReconciliation round)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<TrigramIndex>(scope.ServiceProvider, round).FollowAsync(default);
    }

    private async Task<IReadOnlyList<string>?> FindAsync(string part)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IUserSearch>().FindAsync(part, default);
    }

    /// <summary>Forces a scan of all users.</summary>
    private sealed class NoIndex : IUserSearch
    {
        public Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>?>(null);

        public Task IndexAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
