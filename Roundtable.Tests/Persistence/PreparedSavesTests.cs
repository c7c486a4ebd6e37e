using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Sqlite.ChangeTracking;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>SQLite's prepared statements save the same rows as EF Core.</summary>
internal sealed class PreparedSavesTests
{
    private static readonly DateTime Day = new(2026, 5, 6, 0, 0, 0, DateTimeKind.Utc);

    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start(("Database:Provider", "Sqlite"), ("Database:Sqlite:Engine", "Fast"));

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    // A new row's key in an identity column is read back, which EF Core does.
    [Test]
    public void EveryTable_IsPlain_UnlessItHasAnIdentityColumn()
    {
        using var db = Models.Sqlite();
        Assert.That(
            db.Model.GetEntityTypes().Where(t => !new TableStatements(t).IsPlain).Select(t => t.GetTableName()),
            Is.EquivalentTo(new[] { "DataProtectionKeys", "RoleClaims", "UserClaims" })
        );
    }

    [Test]
    public async Task Rows_MatchEfCore()
    {
        var user = Someone(out var entities);
        await SaveAsync(user, entities, prepared: false, add: true);
        var queried = Rows(user);
        await SaveAsync(user, entities, prepared: false, add: false);
        Assert.That(Rows(user), Is.Empty);
        await SaveAsync(user, entities, prepared: true, add: true);
        Assert.That(Rows(user), Is.EqualTo(queried));
        Assert.That(queried.Select(r => r.Split(':')[0]).Distinct().Count(), Is.EqualTo(9), "tables");
        await SaveAsync(user, entities, prepared: true, add: false);
        Assert.That(Rows(user), Is.Empty);
    }

    [Test]
    public async Task Changes_MatchEfCore()
    {
        var (one, another) = (Someone(out var hers), Someone(out var theirs));
        await SaveAsync(one, hers, prepared: true, add: true);
        await SaveAsync(another, theirs, prepared: true, add: true);
        foreach (var (user, prepared) in new[] { (one, true), (another, false) })
        {
            await InScopeAsync(prepared, async db =>
            {
                var loaded = await db
                    .Users.Include(u => u.Profile)
                    .Include(u => u.Roles)
                    .Include(u => u.Credentials)
                        .ThenInclude(c => c.RecoveryCodes)
                    .Include(u => u.Credentials)
                        .ThenInclude(c => c.Passkeys)
                    .SingleAsync(u => u.Id == user.Id);
                loaded.Rename("Zoë 🦊", Day.AddTicks(7));
                loaded.ChangeImage(null, Day);
                loaded.ChangeProfile(null, "de-AT", null, Day);
                loaded.Ban("spam", null, Day);
                loaded.SetRoles([Role.AdminName], Day);
                loaded.Credentials.ReplaceRecoveryCodes([new string('e', 64)]);
                loaded.Credentials.RemovePasskey(loaded.Credentials.Passkeys.First());
            });
        }

        Assert.That(Rows(one).Select(r => Masked(r, one)), Is.EqualTo(Rows(another).Select(r => Masked(r, another))));
        Assert.That(Rows(one), Has.Some.Contains("Zoë 🦊").And.Some.Contains("spam").And.Some.Contains(new string('e', 64)));
    }

    // Saves that move keys between rows go through EF Core, which orders the statements.
    [Test]
    public async Task Addresses_CanBeSwapped_InOneSave()
    {
        var (first, second) = (Someone(out var hers), Someone(out var theirs));
        await SaveAsync(first, hers, prepared: true, add: true);
        await SaveAsync(second, theirs, prepared: true, add: true);
        Assert.That(EmailAddress.TryParse(TestApp.NewEmail(), out var free), Is.True);
        await InScopeAsync(prepared: true, async db =>
        {
            var (a, b) = (await db.Users.SingleAsync(u => u.Id == first.Id), await db.Users.SingleAsync(u => u.Id == second.Id));
            Assert.That(EmailAddress.TryParse(a.Email, out var freed), Is.True);
            b.ChangeEmail(freed, verified: true, Day);
            a.ChangeEmail(free, verified: true, Day);
        });
        Assert.That(Rows(second), Has.Some.Contains(first.Email));
    }

    private static User Someone(out IReadOnlyList<object> entities)
    {
        Assert.That(EmailAddress.TryParse(TestApp.NewEmail(), out var email), Is.True);
        var user = User.Create(email, "Ada", UserOrigin.SelfRegistered, Day.AddTicks(1234567));
        user.ChangeImage("https://example.com/a.png", Day);
        user.ChangeProfile("one\ntwo\u0001", null, "Europe/Vienna", Day);
        user.ChangeExtra("""{"a":"ü"}""", Day);
        user.Credentials.SetPassword(new string('h', 300));
        user.Credentials.EnableTwoFactor([new string('c', 64), new string('d', 64)]);
        user.Credentials.AddPasskey(
            Passkey.Create(
                user.Id,
                $"cred-{user.Id}",
                "key",
                new PasskeyMaterial([0, 1, 255], uint.MaxValue, "", true, false, true, [], [9]),
                Day.AddMilliseconds(5)
            )
        );
        entities =
        [
            Session.Start(
                new SessionStart(user.Id, Hash(), SessionMethod.Passkey, true, TimeSpan.FromDays(7), null, new string('u', 400)),
                Day.AddTicks(1)
            ),
            OneTimeToken.Issue(TokenPurpose.MagicLink, Hash(), user.Id, user.NormalizedEmail, null, TimeSpan.FromMinutes(5), Day),
            OutboxMail.Create(EntityId.New(Day), user.Id, "a***@example.com", "magic-link", new string('s', 20000), Day.AddYears(100)),
        ];
        return user;
    }

    private static string Hash() => Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    private Task SaveAsync(User user, IReadOnlyList<object> entities, bool prepared, bool add) => InScopeAsync(prepared, db =>
        {
            // Adds referencing entities first, although they must be written last.
            foreach (var entity in entities.Append(user))
            {
                _ = add ? db.Add(entity) : db.Remove(entity);
            }

            return Task.CompletedTask;
        });

    private async Task InScopeAsync(bool prepared, Func<RoundtableDbContext, Task> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        if (prepared)
        {
            await scope
                .ServiceProvider.GetRequiredService<IUnitOfWork>()
                .ExecuteAsync<Result>(
                    async _ =>
                    {
                        await change(db);
                        return Result.Success;
                    },
                    default
                );
        }
        else
        {
            await change(db);
            await db.SaveChangesAsync();
        }
    }

    /// <summary>Returns all rows of a user, with values quoted by SQLite.</summary>
    private List<string> Rows(User user)
    {
        using var db = Models.Sqlite();
        using var connection = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.FindProperty("UserId") is not null || t.ClrType == typeof(User)))
        {
            using var command = connection.CreateCommand();
            var columns = string.Join(" || ',' || ", type.GetProperties().Select(p => $"quote(\"{p.GetColumnName()}\")"));
            command.CommandText =
                $"SELECT {columns} FROM \"{type.GetTableName()}\" WHERE "
                + $"\"{(type.ClrType == typeof(User) ? "Id" : "UserId")}\" = $id ORDER BY 1";
            command.Parameters.AddWithValue("$id", user.Id);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add($"{type.GetTableName()}: {reader.GetString(0)}");
            }
        }

        return rows;
    }

    private static string Masked(string row, User user) =>
        System.Text.RegularExpressions.Regex.Replace(
            row.Replace(user.Id, "ID", StringComparison.Ordinal)
                .Replace(user.Email, "EMAIL", StringComparison.Ordinal)
                .Replace(user.NormalizedEmail, "NORMALIZED", StringComparison.Ordinal),
            "[0-9a-f]{32,}",
            "HEX"
        );
}
