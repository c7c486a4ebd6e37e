using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Roles;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// References to an entity are written while it is deleted: each request gets a documented response, and no dangling reference remains.
/// </summary>
[Category(Databases.OnServer)]
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class ReferenceRaceTests(DatabaseProvider provider)
{
    private const int Rounds = 8;
    private const int Writers = 3;

    private TestApp app = null!;
    private Browser admin = null!;

    private static readonly Dictionary<string, (Func<ReferenceRaceTests, Task<Pair>> Prepare, int[] Expected)> Races = new()
    {
        ["a role is granted while it is deleted"] = (r => r.GrantAsync(), [200, 400, 409]),
        ["a link is requested while its user is deleted"] = (r => r.AskAsync(), [202]),
        ["a link is redeemed while its user is deleted"] = (r => r.RedeemAsync(), [200, 400, 401]),
        ["a password signs in while its user is deleted"] = (r => r.SignInAsync(), [200, 401]),
        ["a profile is changed while its user is deleted"] = (r => r.ChangeAsync(), [200, 401, 404]),
    };

    private static IEnumerable<string> Names => Races.Keys;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = Databases.Start(provider);
        admin = await app.RootAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCaseSource(nameof(Names))]
    public async Task EveryRequest_IsAnswered_When(string race)
    {
        var (prepare, expected) = Races[race];
        for (var round = 0; round < Rounds; round++)
        {
            var pair = await prepare(this);
            var writes = Enumerable.Range(0, Writers).Select(_ => Task.Run(pair.Write)).ToList();

            // The delay grows each round, so that the deletion meets the writes at different statements.
            await Task.Delay(round * 3);
            var deleted = await pair.Delete();
            var answers = await Task.WhenAll(writes);
            Assert.Multiple(() =>
            {
                Assert.That(deleted.Status, Is.EqualTo(204), $"round {round}: {deleted.Text}");
                Assert.That(answers.Where(a => !expected.Contains(a.Status)).Select(a => a.Text), Is.Empty, $"round {round}");
            });
        }

        Assert.That(
            await app.InspectAsync(db =>
                db.UserRoles.CountAsync(r => !db.Roles.Any(x => x.Name == r.RoleName) || !db.Users.Any(u => u.Id == r.UserId))
            ),
            Is.Zero
        );
    }

    private async Task<Pair> GrantAsync()
    {
        var role = $"race-{Guid.NewGuid():N}"[..20];
        (await admin.PutAsync($"/admin/roles/{role}", new { permissions = new[] { Permissions.UsersRead } })).ShouldSucceed(201);
        using var user = await app.NewUserAsync();
        return new Pair(
            () => admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = new[] { role } }),
            () => admin.DeleteAsync($"/admin/roles/{role}")
        );
    }

    private async Task<Pair> AskAsync()
    {
        var email = TestApp.NewEmail();
        using var user = await app.SignInAsync(email);
        return new Pair(() => app.NewBrowser().PostAsync("/auth/magic-link", new { email }), Deletion(user.UserId));
    }

    private async Task<Pair> RedeemAsync()
    {
        var email = TestApp.NewEmail();
        using var user = await app.SignInAsync(email);
        var token = await app.NewBrowser().RequestLinkAsync(email);
        return new Pair(() => app.NewBrowser().PostAsync("/auth/magic-link/verify", new { token }), Deletion(user.UserId));
    }

    private async Task<Pair> SignInAsync()
    {
        var person = await Accounts.Person.WithPasswordAsync(app);
        return new Pair(
            () => app.NewBrowser().PostAsync("/auth/sign-in", new { email = person.Email, password = Accounts.Person.Password }),
            Deletion(person.Id)
        );
    }

    private async Task<Pair> ChangeAsync()
    {
        var user = await app.NewUserAsync();
        return new Pair(() => user.PatchAsync("/users/me", new { name = $"Ada {Guid.NewGuid():N}" }), Deletion(user.UserId));
    }

    private Func<Task<Answer>> Deletion(string userId) => () => admin.DeleteAsync($"/admin/users/{userId}");

    private sealed record Pair(Func<Task<Answer>> Write, Func<Task<Answer>> Delete);
}
