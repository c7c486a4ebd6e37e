using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.MagicLinks;

/// <summary>Requests a link: one response for every caller, and a mail with only the application's text.</summary>
public sealed partial class MagicLinkRequestTests
{
    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Request_ReturnsAccepted_WithoutData()
    {
        using var browser = App.NewBrowser();
        var answer = (await browser.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() })).ShouldSucceed(202);
        Assert.Multiple(() =>
        {
            Assert.That((bool?)answer.Json["success"], Is.True);
            Assert.That(answer.Json["data"], Is.Null);
            Assert.That(answer.Json.AsObject().ContainsKey("data"), Is.True);
            Assert.That((string?)answer.Json["meta"]!["requestId"], Is.EqualTo(answer.Header("X-Request-Id")));
            Assert.That((string?)answer.Json["meta"]!["timestamp"], Does.EndWith("Z"));
            Assert.That(
                answer.Header("Set-Cookie"),
                Does.StartWith("roundtable.magic-link=").And.Contain("httponly").And.Contain("samesite=lax")
            );
        });
    }

    [Test]
    [Category("threat-20")]
    public async Task Request_ReturnsTheSameResponse_ForKnownAndUnknownAddresses()
    {
        var (known, unverified, banned, overLimit) = (TestApp.NewEmail(), TestApp.NewEmail(), TestApp.NewEmail(), TestApp.NewEmail());
        await App.AddUsersAsync([known, overLimit]);
        await App.AddUsersAsync([unverified], UserOrigin.SelfRegistered, verified: false);
        using var outcast = await App.SignInAsync(banned);
        using var admin = await App.NewAdminAsync();
        (await admin.PostAsync($"/admin/users/{outcast.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        using var browser = App.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            (await browser.PostAsync("/auth/magic-link", new { email = overLimit })).ShouldSucceed(202);
        }

        var shapes = new List<string>();
        foreach (var email in (string[])[TestApp.NewEmail(), known, unverified, banned, overLimit])
        {
            shapes.Add(Shape(await browser.PostAsync("/auth/magic-link", new { email })));
        }

        Assert.That(shapes.Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public async Task Request_SupersedesEarlierLinks()
    {
        var email = TestApp.NewEmail();
        using var browser = App.NewBrowser();
        var first = await browser.RequestLinkAsync(email);
        var second = await browser.RequestLinkAsync(email.ToUpperInvariant());
        (await browser.PostAsync("/auth/magic-link/verify", new { token = first })).ShouldFail(400, "invalid_token");
        (await browser.PostAsync("/auth/magic-link/verify", new { token = second })).ShouldSucceed();
    }

    [Test]
    [Category("threat-8")]
    public async Task Mail_LinksToThePublicUrl_IgnoringRequestHeaders()
    {
        await using var app = TestApp.Start(("App:PublicUrl", "https://round.example/app"));
        using var browser = app.NewBrowser();
        var email = TestApp.NewEmail();
        (
            await browser.PostAsync(
                "/auth/magic-link",
                new { email },
                ("X-Forwarded-Host", "evil.example"),
                ("X-Forwarded-Proto", "ftp"),
                ("X-Forwarded-Prefix", "/evil"),
                ("X-Forwarded-For", "198.51.100.66"),
                ("Forwarded", "host=evil.example;proto=ftp"),
                ("X-Original-Host", "evil.example"),
                ("X-Host", "evil.example")
            )
        ).ShouldSucceed(202);
        var mail = (await app.Mail.WaitAsync(email))[0];
        Assert.Multiple(() =>
        {
            Assert.That(mail.Text, Does.Contain($"https://round.example/app/magic-link#token={mail.Token}"));
            Assert.That(mail.Html, Does.Contain($"https://round.example/app/magic-link#token={mail.Token}"));
            Assert.That(mail.Raw, Does.Not.Contain("evil").And.Not.Contain("198.51.100.66"));
        });
    }

    [Test]
    public async Task Mail_ShowsTimeAndOriginOfTheRequest()
    {
        using var browser = App.NewBrowser(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
        );
        var email = TestApp.NewEmail();
        await browser.RequestLinkAsync(email);
        var mail = App.Mail.To(email)[0];
        foreach (var body in (string[])[mail.Text, mail.Html])
        {
            Assert.That(body, Does.Contain("Chrome on Windows").And.Contain("UTC").And.Match("127\\.0\\.0\\.1|::1"));
        }
    }

    [TestCase("<script>alert(1)</script><a href=\\\"https://evil.example\\\">Win</a>")]
    [TestCase("Win a prize at https://evil.example/now or www.evil.example")]
    [Category("threat-22")]
    public async Task Mail_DoesNotShowTheNameInTheRequest(string name)
    {
        using var browser = App.NewBrowser();
        var email = TestApp.NewEmail();
        (await browser.PostAsync("/auth/magic-link", $$"""{"email":"{{email}}","name":"{{name}}"}""")).ShouldSucceed(202);
        Assert.That((await App.Mail.WaitAsync(email))[0].Raw, Does.Not.Contain("evil").And.Not.Contain("script>").And.Not.Contain("prize"));
    }

    [TestCase("Ada\\r\\nBcc: victim@example.com")]
    [TestCase("Ada\\u0000")]
    [TestCase("Ada\\u202Egnp")]
    [TestCase("   ")]
    [TestCase("")]
    [Category("threat-22")]
    public async Task Request_RefusesInvalidNames(string name)
    {
        using var browser = App.NewBrowser();
        var answer = await browser.PostAsync("/auth/magic-link", $$"""{"email":"{{TestApp.NewEmail()}}","name":"{{name}}"}""");
        answer.ShouldFail(400, "validation_failed");
        Assert.That((string?)answer.Json["context"]!["field"], Is.EqualTo("name"));
    }

    [TestCase("<img src=x onerror=alert(1)>", "<img")]
    [TestCase("Visit https://evil.example now", "evil.example")]
    [TestCase("[click](http://evil.example)", "evil.example")]
    [Category("threat-22")]
    public async Task Mail_EncodesNamesAndReasons(string text, string harmful)
    {
        var email = TestApp.NewEmail();
        using var user = await App.SignInAsync(email);
        using var admin = await App.NewAdminAsync();
        (await user.PatchAsync("/users/me", new { name = text })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = text })).ShouldSucceed();
        var mail = (await App.Mail.WaitAsync(email, 2)).Single(m => m.Subject.Contains("suspended", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(mail.Html, Does.Not.Contain(harmful));
            Assert.That(mail.Html, Does.Contain("Reason"));
            if (!harmful.StartsWith('<'))
            {
                Assert.That(mail.Text, Does.Not.Contain(harmful));
            }
        });
    }

    [TestCase("[\"a@example.com\"]")]
    [TestCase("{\"a\":1}")]
    [TestCase("1")]
    [TestCase("true")]
    [TestCase("null")]
    [TestCase("\"\"")]
    [TestCase("\" \"")]
    [TestCase("\"a\"")]
    [TestCase("\"@example.com\"")]
    [TestCase("\"a@\"")]
    [TestCase("\"a@b@example.com\"")]
    [TestCase("\"a@example.com,b@example.com\"")]
    [TestCase("\"a@example.com;b@example.com\"")]
    [TestCase("\"a@example.com b@example.com\"")]
    [TestCase("\"a @example.com\"")]
    [TestCase("\" a@example.com\"")]
    [TestCase("\"a@example.com \"")]
    [TestCase("\"Ada <a@example.com>\"")]
    [TestCase("\"<a@example.com>\"")]
    [TestCase("\"\\\"a b\\\"@example.com\"")]
    [TestCase("\"\\\"a@evil.example>\\\"@example.com\"")]
    [TestCase("\"a(comment)@example.com\"")]
    [TestCase("\"a\\uFF20example.com\"")]
    [TestCase("\"a@ex\\uFF0Eample.com\"")]
    [TestCase("\"\\u0430@example.com\"")]
    [TestCase("\"a@b\\u00FCcher.example\"")]
    [TestCase("\"\\u017Fa@example.com\"")]
    [TestCase("\"a@example.com\\r\\nBcc: b@example.com\"")]
    [TestCase("\"a@example.com\\n\"")]
    [TestCase("\"a\\u0000@example.com\"")]
    [TestCase("\"a@example.com\\u0000\"")]
    [TestCase("\"a\\t@example.com\"")]
    [TestCase("\"a\\ud800@example.com\"")]
    [TestCase("\"a@[127.0.0.1]\"")]
    [TestCase("\"a@example..com\"")]
    [TestCase("\"a@.example.com\"")]
    [TestCase("\"a@example.com.\"")]
    [TestCase("\"a@-example.com\"")]
    [TestCase("\".a@example.com\"")]
    [TestCase("\"a.@example.com\"")]
    [TestCase("\"a..b@example.com\"")]
    [TestCase("\"a@exa_mple.com\"")]
    [TestCase("\"a@example.com/..\"")]
    [TestCase("\"a%00@example.com\\\\\"")]
    [Category("threat-21")]
    public async Task Request_RefusesInvalidAddresses(string email)
    {
        using var browser = App.NewBrowser();
        var answer = (await browser.PostAsync("/auth/magic-link", $$"""{"email":{{email}}}""")).ShouldFail(400, "validation_failed");
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Json["context"]!["field"], Is.EqualTo("email"), answer.Text);
            Assert.That(answer.Json["errors"]!["email"]!.AsArray(), Is.Not.Empty);
        });
    }

    [TestCase(64, 189, 202)]
    [TestCase(64, 190, 400)]
    [TestCase(65, 20, 400)]
    [Category("threat-21")]
    public async Task Request_LimitsTheAddressLength(int local, int domain, int status)
    {
        // Labels have at most 63 characters; the random prefix makes the name unique.
        var name = Guid.NewGuid().ToString("N").PadRight(local, 'a');
        var host = string.Join('.', Enumerable.Range(0, (domain + 63) / 64).Select(i => new string('d', Math.Min(63, domain - (i * 64)))));
        using var browser = App.NewBrowser();
        var answer = await browser.PostAsync("/auth/magic-link", new { email = $"{name}@{host}" });
        Assert.That((host.Length, answer.Status), Is.EqualTo((domain, status)), answer.Text);
    }

    [Test]
    [Category("threat-21")]
    public async Task Accounts_AreUniqueIgnoringCase_WhenCreatedInParallel()
    {
        await using var app = TestApp.Start();
        using var sibling = app.StartSibling();
        var email = TestApp.NewEmail();
        string[] spellings =
        [
            email,
            email.ToUpperInvariant(),
            "U" + email[1..],
            email.Replace("example", "EXAMPLE", StringComparison.Ordinal),
            "uS" + email[2..],
        ];
        using var browser = app.NewBrowser();
        await Task.WhenAll(spellings.Select(e => browser.PostAsync("/auth/magic-link", new { email = e })));
        var mails = await app.Mail.WaitAsync(email, spellings.Length);
        using var other = sibling.NewBrowser();
        var answers = await Task.WhenAll(
            mails.SelectMany(m => new[] { browser, other }.Select(b => b.PostAsync("/auth/magic-link/verify", new { token = m.Token })))
        );

        var root = await app.RootAsync();
        var listed = (await root.GetAsync($"/admin/users?search={email}&includeTotal=true")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1), string.Join('\n', answers.Select(a => a.Text)));
            Assert.That(answers.Where(a => a.Status != 200).Select(a => a.Code), Is.All.EqualTo("invalid_token"));
            Assert.That((int?)listed.Data["pagination"]!["total"], Is.EqualTo(1));
        });
    }

    [TestCase("{\"email\":\"a@example.com\",\"role\":\"admin\"}", "role")]
    [TestCase("{\"email\":\"a@example.com\",\"emailVerified\":true}", "emailVerified")]
    [TestCase("{\"email\":\"a@example.com\",\"Email\":\"b@example.com\"}", "Email")]
    [TestCase("{\"email\":\"a@example.com\",\"userId\":\"1\"}", "userId")]
    [TestCase("{}", null)]
    [TestCase("[]", null)]
    [TestCase("null", null)]
    [Category("threat-13")]
    public async Task Request_RefusesUnknownAndMissingMembers(string body, string? field)
    {
        using var browser = App.NewBrowser();
        var answer = (await browser.PostAsync("/auth/magic-link", body)).ShouldFail(400, "validation_failed");
        if (field is not null)
        {
            Assert.That((string?)answer.Json["context"]!["field"], Is.EqualTo(field));
        }
    }

    [Test]
    public async Task Request_MailsNothingToUnknownAddresses_WhenSignUpIsClosed()
    {
        await using var app = TestApp.Start(("Auth:MagicLink:AllowSignUp", "false"));
        var (known, unknown) = (TestApp.NewEmail(), TestApp.NewEmail());
        await app.AddUsersAsync([known]);
        using var browser = app.NewBrowser();
        var toStranger = await browser.PostAsync("/auth/magic-link", new { email = unknown });
        var toFriend = await browser.PostAsync("/auth/magic-link", new { email = known });
        await app.Mail.WaitAsync(known);
        var rows = await app.InspectAsync(db => db.OutboxMails.CountAsync());
        Assert.Multiple(() =>
        {
            Assert.That(Shape(toStranger), Is.EqualTo(Shape(toFriend)));
            Assert.That(rows, Is.EqualTo(1));
        });
    }

    /// <summary>All that could distinguish two responses, without values that change each time.</summary>
    private static string Shape(Answer answer)
    {
        var json = answer.Json.AsObject();
        json["meta"] = new JsonObject(json["meta"]!.AsObject().Select(m => KeyValuePair.Create(m.Key, (JsonNode?)null)));
        var headers = answer
            .Headers.Where(h => !h.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase) && h.Key != "Date")
            .OrderBy(h => h.Key, StringComparer.Ordinal)
            .Select(h => $"{h.Key}={CookieValue().Replace(h.Value, "magic-link=;")}");
        return $"{answer.Status}\n{json.ToJsonString()}\n{string.Join('\n', headers)}";
    }

    [GeneratedRegex("magic-link=[A-Za-z0-9_-]{43};")]
    private static partial Regex CookieValue();
}
