using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Administration;
using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.MagicLinks;

/// <summary>Redeems a link: once, in time, and only for its purpose.</summary>
public sealed class MagicLinkRedemptionTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Redeem_CreatesTheAccount_WhenTheAddressIsNew()
    {
        using var browser = App.NewBrowser();
        var email = TestApp.NewEmail("Ada");
        (
            await browser.PostAsync(
                "/auth/magic-link",
                new
                {
                    email,
                    name = "Ada Lovelace",
                    callbackUrl = "/projects?tab=1#top",
                }
            )
        ).ShouldSucceed(202);
        var token = (await App.Mail.WaitAsync(email))[0].Token;
        var answer = (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
        var (user, session) = (answer.Data["user"]!, answer.Data["session"]!);
        Assert.Multiple(() =>
        {
            Assert.That((bool?)answer.Data["isNewUser"], Is.True);
            Assert.That((string?)answer.Data["callbackUrl"], Is.EqualTo("/projects?tab=1#top"));
            Assert.That((string?)user["email"], Is.EqualTo(email));
            Assert.That((string?)user["name"], Is.EqualTo("Ada Lovelace"));
            Assert.That((bool?)user["emailVerified"], Is.True);
            Assert.That(user["roles"]!.AsArray().Select(r => (string?)r), Is.EqualTo(new[] { "user" }));
            Assert.That((bool?)user["banned"], Is.False);
            Assert.That((bool?)user["twoFactorEnabled"], Is.False);
            Assert.That((string?)user["lastSeenAt"], Does.EndWith("Z"));
            Assert.That((string?)user["id"], Does.Match("^[A-Za-z0-9_-]{1,36}$"));
            Assert.That((string?)session["method"], Is.EqualTo("magicLink"));
            Assert.That((bool?)session["current"], Is.True);
            Assert.That(session["impersonatedBy"], Is.Null);
            Assert.That((string?)session["device"], Is.EqualTo("Firefox on Linux"));
            Assert.That((string?)session["ipAddress"], Is.EqualTo("127.0.0.1").Or.EqualTo("::1"));
        });
        Assert.That((string?)(await browser.GetAsync("/auth/session")).ShouldSucceed().Data["user"]!["email"], Is.EqualTo(email));
    }

    [Test]
    public async Task Redeem_SignsInToTheAccount_WhenItExists()
    {
        var email = TestApp.NewEmail();
        using var first = await App.SignInAsync(email);
        (await first.PatchAsync("/users/me", new { name = "Grace" })).ShouldSucceed();
        var seen = App.Mail.To(email, "magic-link")[0].File;
        using var second = App.NewBrowser();
        (await second.PostAsync("/auth/magic-link", new { email = email.ToUpperInvariant(), name = "Somebody else" })).ShouldSucceed(202);
        var mails = await App.Mail.WaitAsync(email, 2, "magic-link");
        var token = mails.Single(m => m.File != seen).Token;
        var answer = (await second.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.IdOf(), Is.EqualTo(first.UserId));
            Assert.That((bool?)answer.Data["isNewUser"], Is.False);
            Assert.That(answer.Data["callbackUrl"], Is.Null);
            Assert.That((string?)answer.Data["user"]!["name"], Is.EqualTo("Grace"));
            Assert.That((string?)answer.Data["user"]!["email"], Is.EqualTo(email));
        });
        (await first.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task Redeem_DerivesTheNameFromTheAddress_WhenNoneWasGiven()
    {
        using var browser = App.NewBrowser();
        var answer = await browser.SignInByLinkAsync(TestApp.NewEmail("plain"));
        Assert.That((string?)answer.Data["user"]!["name"], Does.StartWith("plain-"));
    }

    [TestCase(-1, 200)]
    [TestCase(0, 400)]
    [TestCase(1, 400)]
    public async Task Redeem_HonoursTheLifetime(int secondsPastTheEnd, int status)
    {
        await using var app = TestApp.Start();
        using var browser = app.NewBrowser();
        var token = await browser.RequestLinkAsync(TestApp.NewEmail());
        app.Clock.Advance(Lifetime + TimeSpan.FromSeconds(secondsPastTheEnd));
        var answer = await browser.PostAsync("/auth/magic-link/verify", new { token });
        if (status == 200)
        {
            answer.ShouldSucceed();
        }
        else
        {
            answer.ShouldFail(400, "invalid_token");
        }
    }

    [Test]
    public async Task Redeem_HonoursTheConfiguredLifetime()
    {
        await using var app = TestApp.Start(("Auth:MagicLink:Lifetime", "01:00:00"));
        using var browser = app.NewBrowser();
        var token = await browser.RequestLinkAsync(TestApp.NewEmail());
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
    }

    [Test]
    public async Task Redeem_ReturnsTheSameError_WhenUsedSupersededOrInvalid()
    {
        var email = TestApp.NewEmail();
        using var browser = App.NewBrowser();
        var superseded = await browser.RequestLinkAsync(email);
        var used = await browser.RequestLinkAsync(email);
        (await browser.PostAsync("/auth/magic-link/verify", new { token = used })).ShouldSucceed();
        using var other = App.NewBrowser();
        var details = new HashSet<string?>();
        foreach (
            var token in (string[])
                [
                    used,
                    superseded,
                    new string('A', 43),
                    used[..42],
                    used + "A",
                    "",
                    " ",
                    "../../etc",
                    "\u0000",
                    "ü",
                    used.ToUpperInvariant(),
                    "null",
                    new string('x', 256),
                ]
        )
        {
            var answer = (await other.PostAsync("/auth/magic-link/verify", new { token })).ShouldFail(400, "invalid_token");
            details.Add((string?)answer.Json["detail"]);
            Assert.That(answer.Headers.ContainsKey("Set-Cookie"), Is.False);
        }

        Assert.That(details, Has.Count.EqualTo(1));
        (await browser.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase("{}")]
    [TestCase("{\"token\":null}")]
    [TestCase("{\"token\":1}")]
    [TestCase("{\"token\":[\"a\"]}")]
    [TestCase("{\"token\":{\"$ne\":\"\"}}")]
    [TestCase("{\"token\":\"\\ud800\"}")]
    [TestCase("{\"token\":\"a\",\"userId\":\"1\"}")]
    [TestCase("{\"token\":\"a\",\"token\":\"b\"}")]
    public async Task Redeem_RefusesBodies_WithoutExactlyOneToken(string body)
    {
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/magic-link/verify", body)).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task Redeem_RefusesInvalidTokens_OfAnyLength()
    {
        using var browser = App.NewBrowser();
        var answer = await browser.PostAsync("/auth/magic-link/verify", new { token = new string('x', 100_000) });
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "validation_failed")).Or.EqualTo((400, "invalid_token")));
    }

    [Test]
    [Category("threat-4")]
    public async Task Redeem_SucceedsOnce_With50ParallelAttempts()
    {
        await using var app = TestApp.Start();
        using var sibling = app.StartSibling();
        var email = TestApp.NewEmail();
        using var asking = app.NewBrowser();
        var token = await asking.RequestLinkAsync(email);
        var browsers = Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? app : sibling).NewBrowser()).ToList();
        var answers = await Task.WhenAll(browsers.Select(b => b.PostAsync("/auth/magic-link/verify", new { token })));
        Assert.Multiple(() =>
        {
            Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
            Assert.That(answers.Where(a => a.Status != 200).Select(a => (a.Status, a.Code)), Is.All.EqualTo((400, "invalid_token")));
            Assert.That(answers.Count(a => a.Headers.ContainsKey("Set-Cookie")), Is.EqualTo(1));
        });
        var userId = answers.Single(a => a.Status == 200).IdOf();
        Assert.That(await app.InspectAsync(db => db.Sessions.CountAsync(s => s.UserId == userId)), Is.EqualTo(1));
        browsers.ForEach(b => b.Dispose());
    }

    [Test]
    [Category("threat-5")]
    public async Task Link_StaysValid_WhenScannersOpenIt()
    {
        var email = TestApp.NewEmail();
        using var browser = App.NewBrowser();
        var token = await browser.RequestLinkAsync(email);
        string[] paths =
        [
            "/magic-link",
            $"/magic-link?token={token}",
            $"/magic-link/{token}",
            "/api/v1/auth/magic-link",
            $"/api/v1/auth/magic-link?token={token}",
            "/api/v1/auth/magic-link/verify",
            $"/api/v1/auth/magic-link/verify?token={token}",
            $"/api/v1/auth/magic-link/verify/{token}",
        ];
        foreach (
            var agent in (string[])
                ["Mozilla/5.0 (Windows NT 10.0)", "Microsoft-Office/16.0", "Barracuda-Sentinel/1.0", "facebookexternalhit/1.1"]
        )
        {
            using var scanner = App.NewBrowser(agent);
            foreach (
                var (path, method) in paths.SelectMany(p => new[] { (p, HttpMethod.Get), (p, HttpMethod.Head), (p, HttpMethod.Options) })
            )
            {
                var answer = await scanner.RawAsync(method, path);
                Assert.Multiple(() =>
                {
                    Assert.That(answer.Headers.ContainsKey("Set-Cookie"), Is.False, path);
                    Assert.That(answer.Status, Is.LessThan(500), path);
                });
            }

            Assert.That(scanner.SessionCookie, Is.Null);
        }

        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
    }

    [TestCase(TokenPurpose.EmailVerification)]
    [TestCase(TokenPurpose.EmailChange)]
    [TestCase(TokenPurpose.EmailChangeUndo)]
    [TestCase(TokenPurpose.PasswordReset)]
    [TestCase(TokenPurpose.TwoFactorChallenge)]
    [TestCase(TokenPurpose.TrustedBrowser)]
    [Category("threat-1")]
    public async Task Redeem_RefusesTokensOfOtherPurposes_WithoutConsumingThem(TokenPurpose purpose)
    {
        var email = TestApp.NewEmail();
        using var user = await App.SignInAsync(email);
        var normalized = email.ToUpperInvariant();
        var secret = await InTransactionAsync(t => t.IssueAsync(purpose, user.UserId, normalized, new { }, Lifetime, default));
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/magic-link/verify", new { token = secret })).ShouldFail(400, "invalid_token");
        Assert.That((await InTransactionAsync(t => t.RedeemAsync(purpose, secret, default)))?.UserId, Is.EqualTo(user.UserId));
    }

    [Test]
    [Category("threat-1")]
    public async Task Redeem_RefusesASessionsSecret_WithoutEndingTheSession()
    {
        using var user = await App.NewUserAsync();
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/magic-link/verify", new { token = user.SessionCookie })).ShouldFail(400, "invalid_token");
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task Redeem_AcceptsTheLinkOfCreateAdmin_WhenSignUpIsClosed()
    {
        await using var app = TestApp.Start(("Auth:MagicLink:AllowSignUp", "false"));
        var email = TestApp.NewEmail();
        await using var scope = app.Services.CreateAsyncScope();
        var link = (
            await scope.ServiceProvider.GetRequiredService<AdminBootstrap>().CreateAsync(People.Parse(email), "Boss", default)
        ).Value;
        using var browser = app.NewBrowser();
        var token = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var answer = (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
        Assert.That(answer.Data["user"]!["roles"]!.AsArray().Select(r => (string?)r), Does.Contain("admin"));
        (await browser.GetAsync("/admin/users")).ShouldSucceed();
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldFail(400, "invalid_token");
    }

    [Test]
    public async Task Redeem_CreatesNoAccount_WhenSignUpWasClosedInBetween()
    {
        await using var app = TestApp.Start();
        using var closed = app.StartSibling(("Auth:MagicLink:AllowSignUp", "false"));
        using var browser = app.NewBrowser();
        var token = await browser.RequestLinkAsync(TestApp.NewEmail());
        using var there = closed.NewBrowser();
        (await there.PostAsync("/auth/magic-link/verify", new { token })).ShouldFail(400, "invalid_token");
    }

    [Test]
    public async Task Redeem_ReturnsReasonAndExpiry_WhenBanned([Values] bool forever)
    {
        var email = TestApp.NewEmail();
        using var user = await App.SignInAsync(email);
        using var admin = await App.NewAdminAsync();
        var expiresAt = forever ? (DateTime?)null : App.Now.AddDays(3);
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam & more", expiresAt })).ShouldSucceed();
        using var browser = App.NewBrowser();
        var token = await browser.RequestLinkAsync(email);
        var answer = (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldFail(403, "user_banned");
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Json["context"]!["reason"], Is.EqualTo("Spam & more"));
            Assert.That((DateTime?)answer.Json["context"]!["expiresAt"], Is.EqualTo(expiresAt).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(answer.Headers.ContainsKey("Set-Cookie"), Is.False);
        });
        Assert.That((await browser.GetAsync("/auth/session")).ShouldSucceed().Json["data"], Is.Null);
    }

    [Test]
    public async Task Redeem_GrantsTheConfiguredRole_AtTheFirstSignInOnly()
    {
        var chief = TestApp.NewEmail("chief");
        await using var app = TestApp.Start(("Auth:AdminEmails:0", TestApp.AdminEmail), ("Auth:AdminEmails:1", chief.ToUpperInvariant()));
        var root = await app.RootAsync();
        using var browser = app.NewBrowser();
        var first = await browser.SignInByLinkAsync(chief);
        (await root.PutAsync($"/admin/users/{browser.UserId}/roles", new { roles = new[] { "user" } })).ShouldSucceed();
        using var later = app.NewBrowser();
        var second = await later.SignInByLinkAsync(chief);
        Assert.Multiple(() =>
        {
            Assert.That(first.Data["user"]!["roles"]!.AsArray().Select(r => (string?)r), Is.EquivalentTo(new[] { "admin", "user" }));
            Assert.That(second.Data["user"]!["roles"]!.AsArray().Select(r => (string?)r), Is.EqualTo(new[] { "user" }));
        });
        (await later.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
    }

    private static async Task<T> InTransactionAsync<T>(Func<OneTimeTokens, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<OneTimeTokens>();
        T result = default!;
        await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result>(
                async _ =>
                {
                    result = await work(tokens);
                    return Result.Success;
                },
                default
            );
        return result;
    }
}
