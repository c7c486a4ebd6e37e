using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Tokens;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SignIn;

/// <summary>Requests from strangers never lock out a browser that has signed in to the account before.</summary>
[Category("threat-41")]
public sealed class KnownBrowserTests
{
    private const string Cookie = "roundtable.known-browsers";
    private const int LockAfter = 5;
    private const int MailsPerWindow = 5;

    private TestApp app = null!;

    // Mails that anyone can request for an address, and where their tokens are redeemed.
    private static readonly MailedLink[] Links =
    [
        new("/auth/magic-link", Subjects.MagicLink, "/auth/magic-link/verify", token => new { token }),
        new("/auth/password/forgot", Subjects.PasswordReset, "/auth/password/reset", token => new
        {
            token,
            newPassword = Person.NewPassword,
        }),
    ];

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task SignIn_BypassesTheLockout_FromAKnownBrowser([Values("signed out", "ran out", "signed in")] string session)
    {
        using var person = await Person.WithPasswordAsync(app);
        await (
            session switch
            {
                "signed out" => person.Browser.PostAsync("/auth/sign-out"),
                "ran out" => app.EvaluateAsync(TimeSpan.FromDays(8)),
                _ => Task.CompletedTask,
            }
        );
        await LockAsync(person);
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        for (var i = 0; i < 7; i++)
        {
            (await SignInAsync(person.Browser, person)).ShouldSucceed();
        }

        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    public async Task Unlock_ClearsTheKnownBrowsersLimit()
    {
        using var person = await Person.WithPasswordAsync(app);
        for (var i = 0; i < LockAfter; i++)
        {
            (await SignInAsync(person.Browser, person, "not the password")).ShouldFail(401, "invalid_credentials");
        }

        (await SignInAsync(person.Browser, person)).ShouldFail(401, "invalid_credentials");
        // Another test lets the shared sessions expire.
        using var admin = await app.SignInAsync(TestApp.AdminEmail);
        (await admin.PostAsync($"/admin/users/{person.Id}/unlock")).ShouldSucceed(204);
        await LockAsync(person);
        (await SignInAsync(person.Browser, person)).ShouldSucceed();
    }

    [Test]
    public async Task OtherPasswordChecks_BypassTheLockout_FromAKnownBrowser()
    {
        using var person = await Person.WithPasswordAsync(app);
        await LockAsync(person);
        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = Person.Password })).ShouldSucceed(204);
        (
            await person.Browser.PostAsync(
                "/auth/password/change",
                new { currentPassword = Person.Password, newPassword = Person.NewPassword }
            )
        ).ShouldSucceed(204);
        await LockAsync(person);
        (await person.Browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        (await SignInAsync(person.Browser, person, Person.NewPassword)).ShouldSucceed();
    }

    [Test]
    public async Task KnownBrowser_IsLimitedToFiveAttempts_WhileTheAccountIsLocked()
    {
        using var person = await Person.WithPasswordAsync(app);
        (await person.Browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        await LockAsync(person);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => SignInAsync(person.Browser, person, $"guess number {i}")));
        Assert.That(guesses.Select(g => g.Status), Is.All.EqualTo(401));
        var hits = await app.ReadAsync(db =>
            db.Throttles.Where(t => t.Key.StartsWith("known-browser-password:")).Select(t => t.Hits).ToListAsync()
        );
        Assert.That(hits.Max(h => h.Split(' ').Length), Is.EqualTo(5));
        (await SignInAsync(person.Browser, person)).ShouldFail(401, "invalid_credentials");
        await app.EvaluateAsync(TimeSpan.FromMinutes(15));
        (await SignInAsync(person.Browser, person)).ShouldSucceed();
    }

    [Test]
    public async Task KnownBrowserCookie_IsIgnored_ForAnotherAccountOrWhenForged()
    {
        using var person = await Person.WithPasswordAsync(app);
        using var thief = await Person.ByLinkAsync(app);
        await LockAsync(person);
        (await SignInAsync(thief.Browser, person)).ShouldFail(401, "invalid_credentials");
        var row = await app.ReadAsync(db =>
            db.OneTimeTokens.SingleAsync(t => t.UserId == person.Id && t.Purpose == TokenPurpose.KnownBrowser)
        );
        foreach (
            var value in (string[])
                [row.SecretHash, row.Id, row.SecretHash[..43], new string('A', 43), $"{row.SecretHash[..43]}.{row.Id}", ".....", ""]
        )
        {
            var body = Wire.Json($$"""{"email":"{{person.Email}}","password":"{{Person.Password}}"}""");
            (await Wire.SendAsync(app, HttpMethod.Post, "/api/v1/auth/sign-in", body, ("Cookie", $"{Cookie}={value}"))).ShouldFail(
                401,
                "invalid_credentials"
            );
        }
    }

    [Test]
    public async Task KnownBrowserCookie_IsHttpOnly_AndHasOneSecretPerAccount()
    {
        using var first = await Person.WithPasswordAsync(app);
        using var second = await Person.WithPasswordAsync(app);
        var answer = await first.Browser.SignInWithMailAsync(app, second.Email);
        var cookie = answer.Header("Set-Cookie").Split('\n').Single(c => c.StartsWith(Cookie, StringComparison.Ordinal));
        Assert.That(
            cookie,
            Does.Contain("httponly").IgnoreCase.And.Contain("samesite=lax").IgnoreCase.And.Contain($"max-age={365 * 24 * 60 * 60}")
        );
        (await first.Browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        foreach (var person in (Person[])[first, second])
        {
            await LockAsync(person);
            (await SignInAsync(first.Browser, person)).ShouldSucceed();
        }

        var secrets = answer.SetsCookie(Cookie)!.Split('.');
        Assert.That(secrets, Has.Length.EqualTo(2));
        foreach (
            var column in await app.ReadAsync(db => db.OneTimeTokens.Select(t => t.SecretHash + t.Subject + t.Payload + t.Id).ToListAsync())
        )
        {
            Assert.That(secrets.Any(column.Contains), Is.False);
        }
    }

    [Test]
    public async Task KnownBrowsers_AreLimitedPerAccount()
    {
        using var person = await Person.WithPasswordAsync(app);
        for (var i = 0; i < 25; i++)
        {
            (await person.TryPasswordAsync()).ShouldSucceed();
        }

        Assert.That(await CountKnownBrowsersAsync(person), Is.EqualTo(20));
    }

    [Test]
    public async Task KnownBrowser_IsRemoved_WhenItsSessionIsRevokedOrTheAccountRecovered(
        [Values("revoked", "others revoked", "revoked by an admin", "reset in another browser", "password set")] string end
    )
    {
        using var person = await Person.WithPasswordAsync(app);
        var stranger = person.NewBrowser();
        (await SignInAsync(stranger, person)).ShouldSucceed();
        Assert.That(await CountKnownBrowsersAsync(person), Is.EqualTo(2));
        var password = Person.Password;
        switch (end)
        {
            case "revoked":
                var id = (string)(await stranger.GetAsync("/auth/session")).Data["session"]!["id"]!;
                (await person.Browser.DeleteAsync($"/sessions/{id}")).ShouldSucceed(204);
                break;
            case "others revoked":
                (await person.Browser.DeleteAsync("/sessions")).ShouldSucceed(204);
                break;
            case "revoked by an admin":
                (await (await app.RootAsync()).DeleteAsync($"/admin/users/{person.Id}/sessions")).ShouldSucceed(204);
                break;
            case "password set":
                (
                    await (await app.RootAsync()).PutAsync($"/admin/users/{person.Id}/password", new { password = Person.NewPassword })
                ).ShouldSucceed(204);
                password = Person.NewPassword;
                break;
            default:
                (await person.Browser.PostAsync("/auth/password/forgot", new { email = person.Email })).ShouldSucceed(202);
                var token = (await app.NewestMailAsync(person.Email, Subjects.PasswordReset)).Token;
                (await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(
                    204
                );
                password = Person.NewPassword;
                break;
        }

        await LockAsync(person);
        (await SignInAsync(stranger, person, password)).ShouldFail(401, "invalid_credentials");
        if (end is not ("revoked by an admin" or "password set"))
        {
            (await SignInAsync(person.Browser, person, password)).ShouldSucceed();
        }
    }

    [TestCaseSource(nameof(Links))]
    public async Task Mail_IsSent_ForAKnownBrowser_WhenOthersReachedTheLimit(MailedLink link)
    {
        using var person = await Person.WithPasswordAsync(app);
        await app.EvaluateAsync(TimeSpan.FromMinutes(15));
        var stranger = person.NewBrowser();
        await AskAsync(stranger, person, link.Ask, 15);
        var before = (await person.MailsAsync(link.Subject)).Count;
        await AskAsync(stranger, person, link.Ask, 1);
        Assert.That(await person.MailsAsync(link.Subject), Has.Count.EqualTo(before));
        await AskAsync(person.Browser, person, link.Ask, MailsPerWindow + 3);
        var mails = await person.MailsAsync(link.Subject);
        Assert.That(mails, Has.Count.EqualTo(before + MailsPerWindow));
        var use = await person.Browser.PostAsync(link.Use, link.Body(mails[^1].Token));
        Assert.That(use.Status, Is.EqualTo(200).Or.EqualTo(204), use.Text);
    }

    [TestCaseSource(nameof(Links))]
    public async Task Address_GetsAtMostFiveMails_InAnyOrder(MailedLink link)
    {
        using var person = await Person.WithPasswordAsync(app);
        await app.EvaluateAsync(TimeSpan.FromMinutes(15));
        var before = (await person.MailsAsync(link.Subject)).Count;
        await AskAsync(person.Browser, person, link.Ask, MailsPerWindow);
        await AskAsync(person.NewBrowser(), person, link.Ask, 2);
        Assert.That(await person.MailsAsync(link.Subject), Has.Count.EqualTo(before + MailsPerWindow));
    }

    [TestCaseSource(nameof(Links))]
    public async Task LinkOfAKnownBrowser_IsSupersededByItsOwnRequestsOnly(MailedLink link)
    {
        using var person = await Person.WithPasswordAsync(app);
        await app.EvaluateAsync(TimeSpan.FromMinutes(15));
        var stranger = person.NewBrowser();
        var strangers = await AskForAsync(stranger, person, link);
        var first = await AskForAsync(person.Browser, person, link);
        (await stranger.PostAsync(link.Use, link.Body(strangers))).ShouldFail(400, "invalid_token");
        var second = await AskForAsync(person.Browser, person, link);
        (await stranger.PostAsync(link.Use, link.Body(first))).ShouldFail(400, "invalid_token");
        await AskForAsync(stranger, person, link);
        var use = await person.Browser.PostAsync(link.Use, link.Body(second));
        Assert.That(use.Status, Is.EqualTo(200).Or.EqualTo(204), use.Text);
    }

    [Test]
    public async Task MailsByAnAdmin_DoNotCount()
    {
        using var person = await Person.WithPasswordAsync(app);
        await app.EvaluateAsync(TimeSpan.FromMinutes(15));
        var admin = await app.RootAsync();
        for (var i = 0; i < MailsPerWindow + 1; i++)
        {
            (await admin.PostAsync($"/admin/users/{person.Id}/magic-link")).ShouldSucceed(202);
        }

        var before = (await person.MailsAsync(Subjects.MagicLink)).Count;
        await AskAsync(person.NewBrowser(), person, "/auth/magic-link", 1);
        Assert.That(await person.MailsAsync(Subjects.MagicLink), Has.Count.EqualTo(before + 1));
    }

    private async Task<string> AskForAsync(Browser browser, Person person, MailedLink link)
    {
        await AskAsync(browser, person, link.Ask, 1);
        return (await app.NewestMailAsync(person.Email, link.Subject)).Token;
    }

    private static async Task AskAsync(Browser browser, Person person, string path, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await browser.PostAsync(path, new { email = person.Email })).ShouldSucceed(202);
        }
    }

    private static async Task LockAsync(Person person)
    {
        for (var i = 0; i < LockAfter; i++)
        {
            (await person.TryPasswordAsync("not the password")).ShouldFail(401, "invalid_credentials");
        }
    }

    private static Task<Answer> SignInAsync(Browser browser, Person person, string password = Person.Password) =>
        browser.PostAsync("/auth/sign-in", new { email = person.Email, password });

    private Task<int> CountKnownBrowsersAsync(Person person) =>
        app.ReadAsync(db => db.OneTimeTokens.CountAsync(t => t.UserId == person.Id && t.Purpose == TokenPurpose.KnownBrowser));

    public sealed record MailedLink(string Ask, string Subject, string Use, Func<string, object> Body)
    {
        public override string ToString() => Ask;
    }
}
