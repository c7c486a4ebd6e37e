using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>SQLite's own statements for loading a user track the same entities as EF Core's query.</summary>
internal sealed class UserLoaderTests
{
    private static readonly DateTime Day = new(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc);

    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start(("Database:Provider", "Sqlite"), ("Database:Sqlite:Engine", "Fast"));

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase(true)]
    [TestCase(false)]
    public async Task Users_AreLoadedAlike(bool full)
    {
        var saved = await SaveAsync(full);
        var queried = "";
        await InScopeAsync(unit: false, async db =>
        {
            await UserLoader.ByIdAsync(db, saved.Id, default);
            queried = Tracked(db);
        });
        Assert.That(queried, Does.Contain(saved.NormalizedEmail).And.Contain("UserProfile").And.Contain("UserRole"));

        foreach (var byEmail in new[] { true, false })
        {
            await InScopeAsync(unit: true, async db =>
            {
                var user = await (
                    byEmail ? UserLoader.ByEmailAsync(db, saved.NormalizedEmail, default) : UserLoader.ByIdAsync(db, saved.Id, default)
                );
                Assert.That(Tracked(db), Is.EqualTo(queried));
                Assert.That(user!.Profile.Bio, Is.EqualTo(saved.Profile.Bio));
                Assert.That(user.Roles.Select(r => r.RoleName), Is.EquivalentTo(saved.Roles.Select(r => r.RoleName)));
                Assert.That(user.CreatedAtUtc.Kind, Is.EqualTo(DateTimeKind.Utc));
            });
        }
    }

    [Test]
    public async Task Load_ReturnsNull_WhenThereIsNoUser() => await InScopeAsync(unit: true, async db =>
        {
            Assert.That(await UserLoader.ByIdAsync(db, "nobody", default), Is.Null);
            Assert.That(await UserLoader.ByEmailAsync(db, "NOBODY@EXAMPLE.COM", default), Is.Null);
            Assert.That(Tracked(db), Is.Empty);
        });

    [Test]
    public async Task LoadedUser_KeepsChanges_WhenLoadedAgain()
    {
        var saved = await SaveAsync(full: false);
        await InScopeAsync(unit: true, async db =>
        {
            var user = await UserLoader.ByIdAsync(db, saved.Id, default);
            user!.Rename("Changed", Day);
            Assert.That(await UserLoader.ByEmailAsync(db, saved.NormalizedEmail, default), Is.SameAs(user));
            Assert.That(user.Name, Is.EqualTo("Changed"));
        });
        await InScopeAsync(unit: false, async db =>
            Assert.That((await UserLoader.ByIdAsync(db, saved.Id, default))!.Name, Is.EqualTo("Changed"))
        );
    }

    private async Task<User> SaveAsync(bool full)
    {
        Assert.That(EmailAddress.TryParse(TestApp.NewEmail(), out var email), Is.True);
        var user = User.Create(email, "Zoë 🦊", UserOrigin.SelfRegistered, Day.AddTicks(1234567));
        if (full)
        {
            user.ChangeImage("https://example.com/a.png", Day);
            user.ChangeProfile("one\ntwo\u0001", "de-AT", "Europe/Vienna", Day);
            user.ChangeExtra("""{"a":"ü"}""", Day);
            user.Ban("spam", null, Day);
            user.VerifyEmail(Day);
            user.Seen(Day.AddTicks(1));
            user.SetRoles([Role.AdminName], Day);
        }

        await InScopeAsync(unit: true, db =>
        {
            db.Add(user);
            return Task.CompletedTask;
        });
        return user;
    }

    /// <summary>All entities that a context tracks, with states and values.</summary>
    private static string Tracked(RoundtableDbContext db) =>
        string.Join(
            '\n',
            db.ChangeTracker.Entries()
                .Select(e =>
                    $"{e.Metadata.ClrType.Name} {e.State} "
                    + $"{string.Join('|', e.Properties.Select(p => $"{p.Metadata.Name}={Text(p.CurrentValue)}/{Text(p.OriginalValue)}"))}"
                )
                .Order(StringComparer.Ordinal)
        );

    private static string? Text(object? value) => value is DateTime time ? $"{time.Ticks} {time.Kind}" : value?.ToString();

    private async Task InScopeAsync(bool unit, Func<RoundtableDbContext, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        if (!unit)
        {
            await work(db);
            return;
        }

        await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result>(
                async _ =>
                {
                    await work(db);
                    return Result.Success;
                },
                default
            );
    }
}
