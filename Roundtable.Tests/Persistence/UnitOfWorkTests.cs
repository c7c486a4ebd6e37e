using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>One transaction per use case, on every database.</summary>
[Category(Databases.OnServer)]
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class UnitOfWorkTests(DatabaseProvider provider)
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = Databases.Start(provider);

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Execute_SavesAndCommits_WhenWorkSucceeds()
    {
        var user = NewUser();
        Assert.That((await AddAsync(user)).Failed, Is.False);
        Assert.That((await ReadAsync(user.Id))?.Email, Is.EqualTo(user.Email));
    }

    [Test]
    public async Task Execute_RollsEverythingBack_WhenWorkReturnsAnError()
    {
        var user = NewUser();
        var result = await RunAsync(
            async (db, work, ct) =>
            {
                db.Users.Add(user);
                await work.FlushAsync(ct);
                await db
                    .Roles.Where(r => r.Name == Role.UserName)
                    .ExecuteUpdateAsync(s => s.SetProperty(r => r.PermissionList, "users:list"), ct);
                return Errors.Forbidden;
            }
        );

        Assert.That(result.Error, Is.EqualTo(Errors.Forbidden));
        Assert.That(await ReadAsync(user.Id), Is.Null);
        Assert.That(
            await QueryAsync(db => db.Roles.Where(r => r.Name == Role.UserName).Select(r => r.PermissionList).SingleAsync()),
            Is.Empty
        );
    }

    [Test]
    public async Task Execute_RollsEverythingBack_WhenWorkThrows()
    {
        var user = NewUser();
        await Assert.ThatAsync(
            () =>
                RunAsync(
                    async (db, work, ct) =>
                    {
                        db.Users.Add(user);
                        await work.FlushAsync(ct);
                        throw new InvalidOperationException("Broken");
                    }
                ),
            Throws.InvalidOperationException.With.Message.EqualTo("Broken")
        );
        Assert.That(await ReadAsync(user.Id), Is.Null);
        Assert.That((await AddAsync(NewUser())).Failed, Is.False, "A later unit succeeds");
    }

    [Test]
    [Category("threat-21")]
    public async Task Execute_ReturnsEmailTaken_WhenAddressExistsInAnotherCase()
    {
        var first = NewUser();
        await AddAsync(first);
        var second = NewUser(first.Email.ToUpperInvariant());
        Assert.That((await AddAsync(second)).Error, Is.EqualTo(UserErrors.EmailTaken));
        Assert.That(await ReadAsync(second.Id), Is.Null);
    }

    [Test]
    [Category("threat-21")]
    public async Task Execute_AddsOneAccount_WhenManyAreCreatedInParallel()
    {
        var email = TestApp.NewEmail("race");
        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => AddAsync(NewUser(i % 2 == 0 ? email : email.ToUpperInvariant()))))
        );
        Assert.That(results.Count(r => !r.Failed), Is.EqualTo(1));
        Assert.That(results.Where(r => r.Failed).Select(r => r.Error), Is.All.EqualTo(UserErrors.EmailTaken));
    }

    [Test]
    public async Task Execute_RetriesTheWork_OnAConcurrencyConflict()
    {
        var user = NewUser();
        await AddAsync(user);
        var runs = 0;
        var result = await RunAsync(
            async (db, _, ct) =>
            {
                var mine = await db.Users.SingleAsync(u => u.Id == user.Id, ct);
                if (++runs == 1)
                {
                    await db
                        .Users.Where(u => u.Id == user.Id)
                        .ExecuteUpdateAsync(s => s.SetProperty(u => u.Version, u => u.Version + 1).SetProperty(u => u.Image, "theirs"), ct);
                }

                mine.Rename($"{mine.Name}!", app.Now);
                return Result.Success;
            }
        );

        var now = await ReadAsync(user.Id);
        Assert.Multiple(() =>
        {
            Assert.That(result.Failed, Is.False);
            Assert.That(runs, Is.EqualTo(2));
            Assert.That(now?.Name, Is.EqualTo($"{user.Name}!"), "once, not twice");
            Assert.That(now?.Version, Is.EqualTo(2), "the failed attempt was rolled back");
        });
    }

    [Test]
    public async Task Execute_LosesNoUpdate_WhenAUserIsChangedInParallel()
    {
        var user = NewUser();
        await AddAsync(user);
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(() =>
                        RunAsync(
                            async (db, _, ct) =>
                            {
                                var mine = await db.Users.SingleAsync(u => u.Id == user.Id, ct);
                                mine.Rename($"{mine.Name}!", app.Now);
                                return Result.Success;
                            }
                        )
                    )
                )
        );

        Assert.That(results.Select(r => r.Failed), Is.All.False);
        Assert.That((await ReadAsync(user.Id))?.Name, Is.EqualTo($"{user.Name}!!!!!!!!"));
    }

    [Test]
    public async Task Execute_ReturnsConflict_WhenEveryAttemptFails()
    {
        var user = NewUser();
        await AddAsync(user);
        var result = await RunAsync(
            async (db, _, ct) =>
            {
                var mine = await db.Users.SingleAsync(u => u.Id == user.Id, ct);
                await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.Version, u => u.Version + 1), ct);
                mine.Rename("Never", app.Now);
                return Result.Success;
            }
        );

        Assert.That(result.Error, Is.EqualTo(Errors.Conflict));
        Assert.That((await ReadAsync(user.Id))?.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Execute_JoinsTheCurrentTransaction()
    {
        var user = NewUser();
        var result = await RunAsync(
            async (db, work, ct) =>
            {
                var inner = await work.ExecuteAsync<Result>(
                    async ct =>
                    {
                        db.Users.Add(user);
                        await work.FlushAsync(ct);
                        return Result.Success;
                    },
                    ct
                );
                return inner.Failed ? inner : Errors.Forbidden;
            }
        );

        Assert.That(result.Error, Is.EqualTo(Errors.Forbidden));
        Assert.That(await ReadAsync(user.Id), Is.Null);
    }

    [Test]
    public async Task Times_AreReadAsUtc()
    {
        var user = NewUser();
        await AddAsync(user);
        var read = await ReadAsync(user.Id);
        Assert.Multiple(() =>
        {
            Assert.That(read?.CreatedAtUtc, Is.EqualTo(user.CreatedAtUtc));
            Assert.That(read?.CreatedAtUtc.Kind, Is.EqualTo(DateTimeKind.Utc));
        });
    }

    private User NewUser(string? email = null)
    {
        Assert.That(EmailAddress.TryParse(email ?? TestApp.NewEmail(), out var address), Is.True);
        return User.Create(address, "Ada", UserOrigin.CreatedByAdmin, app.Now);
    }

    // A new entity each time: a retry discards the entities tracked by the failed attempt.
    private Task<Result> AddAsync(User user) =>
        RunAsync(
            (db, _, _) =>
            {
                db.Users.Add(user);
                return Task.FromResult(Result.Success);
            }
        );

    private async Task<Result> RunAsync(Func<RoundtableDbContext, IUnitOfWork, CancellationToken, Task<Result>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        var unit = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        return await unit.ExecuteAsync<Result>(ct => work(db, unit, ct), CancellationToken.None);
    }

    private Task<User?> ReadAsync(string id) => QueryAsync(db => db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id));

    private async Task<T> QueryAsync<T>(Func<RoundtableDbContext, Task<T>> query)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<RoundtableDbContext>());
    }
}
