using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// Operations that open and end sessions are serialized: no session that started on outdated state survives. Each case holds the ending
/// transaction open while the other operation is in progress.
/// </summary>
[Category(Databases.OnServer)]
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
[Category("threat-3")]
internal sealed class SessionConcurrencyTests(DatabaseProvider provider)
{
    // Longer than an unblocked sign-in takes.
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(700);

    private TestApp app = null!;

    private delegate Task End(IServiceProvider services, User user, CancellationToken ct);

    private static readonly Dictionary<string, End> Endings = new()
    {
        ["password replaced"] = async (s, user, ct) =>
        {
            await s.GetRequiredService<AccessRevocation>().EndAsync(user, SessionEndReason.PasswordChanged, null, undosAfterId: null, ct);
            user.Credentials.SetPassword(null);
            user.Touch(DateTime.UtcNow);
        },
        ["banned"] = async (s, user, ct) =>
        {
            await s.GetRequiredService<ISessionRepository>().EndAllAsync(user.Id, null, SessionEndReason.Banned, DateTime.UtcNow, ct);
            user.Ban("Spam", null, DateTime.UtcNow);
        },
        ["deleted"] = (s, user, ct) => s.GetRequiredService<AccountDeletionService>().RemoveAsync(user, ct),
    };

    private static readonly string[] Openings = ["password", "link", "first of two steps", "impersonation"];

    // An admin may impersonate a user whose password has just been replaced.
    private static IEnumerable<TestCaseData> Cases() =>
        from opening in Openings
        from ending in Endings.Keys
        where (opening, ending) != ("impersonation", "password replaced")
        select new TestCaseData(opening, ending);

    [OneTimeSetUp]
    public void Start() => app = Databases.Start(provider);

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCaseSource(nameof(Cases))]
    public async Task Session_OpenedConcurrently_IsEnded(string opening, string ending)
    {
        using var person =
            opening == "first of two steps" ? await Person.WithTwoFactorAsync(app, password: true) : await Person.WithPasswordAsync(app);
        var open = await PrepareAsync(opening, person);
        var ended = new TaskCompletionSource();
        var end = Task.Run(() => EndAsync(person.Id, Endings[ending], ended));
        await ended.Task;
        var opened = open();
        await end;
        await opened;
        Assert.That(await LiveAsync(person.Id), Is.Zero);
    }

    [Test]
    public async Task PasswordChange_EndsSessionsOpenedWithTheOldPassword()
    {
        var rounds = provider == DatabaseProvider.SqlServer ? 6 : 2;
        for (var round = 0; round < rounds; round++)
        {
            using var person = await Person.WithPasswordAsync(app);
            using var stop = new CancellationTokenSource();
            var loops = Enumerable.Range(0, 3).Select(_ => Task.Run(() => SignInUntilAsync(person, stop.Token))).ToList();
            (
                await person.Browser.PostAsync(
                    "/auth/password/change",
                    new { currentPassword = Person.Password, newPassword = Person.NewPassword }
                )
            ).ShouldSucceed(204);
            await stop.CancelAsync();
            foreach (var browser in (await Task.WhenAll(loops)).SelectMany(b => b))
            {
                Assert.That(await browser.IsSignedInAsync(), Is.False, $"round {round}");
                browser.Dispose();
            }

            Assert.That(await person.Browser.IsSignedInAsync(), Is.True);
        }
    }

    private async Task<IReadOnlyList<Browser>> SignInUntilAsync(Person person, CancellationToken stop)
    {
        var signedIn = new List<Browser>();
        while (!stop.IsCancellationRequested)
        {
            var browser = app.NewBrowser();
            if ((await browser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).Status == 200)
            {
                signedIn.Add(browser);
            }
            else
            {
                browser.Dispose();
            }
        }

        return signedIn;
    }

    private async Task<Func<Task>> PrepareAsync(string opening, Person person)
    {
        var browser = person.NewBrowser();
        switch (opening)
        {
            case "link":
                var token = await browser.AskForLinkAsync(app, person.Email);
                return () => browser.PostAsync("/auth/magic-link/verify", new { token });
            case "impersonation":
                var admin = await app.NewAdminAsync();
                return () => admin.PostAsync($"/admin/users/{person.Id}/impersonate", new { reason = "A look" });
            default:
                return () => browser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password });
        }
    }

    private async Task EndAsync(string userId, End end, TaskCompletionSource ended)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<IUserRepository>();
        await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result>(
                async ct =>
                {
                    await end(scope.ServiceProvider, (await users.LoadWithCredentialsAsync(userId, ct))!, ct);
                    ended.TrySetResult();
                    await Task.Delay(Hold, ct);
                    return Result.Success;
                },
                default
            );
    }

    private Task<int> LiveAsync(string userId) =>
        app.ReadAsync(async db =>
            await db.Sessions.CountAsync(s => s.UserId == userId && s.EndedAtUtc == null)
            + await db.OneTimeTokens.CountAsync(t =>
                t.UserId == userId && t.Purpose == TokenPurpose.TwoFactorChallenge && t.ConsumedAtUtc == null
            )
        );
}
