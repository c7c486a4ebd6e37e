using System.Text;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Secrets appear only in mails and cookies.</summary>
public sealed class SecretsTests
{
    [Test]
    [Category("threat-23")]
    public async Task Secrets_AreInNoResponse_AndNotInTheDatabase()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        var email = TestApp.NewEmail("secretive");
        var answers = new List<Answer>();
        using var browser = app.NewBrowser();
        using var unused = app.NewBrowser();
        var usedToken = await browser.RequestLinkAsync(email);
        answers.Add(await browser.PostAsync("/auth/magic-link/verify", new { token = usedToken }));
        var userId = answers[0].IdOf();
        var firstCookie = browser.SessionCookie!;
        answers.Add(await browser.PostAsync("/auth/magic-link/verify", new { token = usedToken }));
        var liveToken = await unused.RequestLinkAsync(email);
        foreach (var path in (string[])["/users/me", $"/users/{userId}", "/auth/session", "/sessions", "/nothing"])
        {
            answers.Add(await browser.GetAsync(path));
        }

        foreach (
            var path in (string[])
                ["/admin/users?limit=100", $"/admin/users/{userId}", $"/admin/users/{userId}/sessions", "/admin/audit-log?limit=100"]
        )
        {
            answers.Add(await root.GetAsync(path));
        }

        answers.Add(await root.PostAsync($"/admin/users/{userId}/ban", new { reason = "Spam" }));
        answers.Add(await browser.PostAsync("/auth/sign-out"));
        await app.Mail.WaitAsync(email, 3);

        string[] secrets = [usedToken, liveToken, firstCookie, root.SessionCookie!, app.Mail.To(TestApp.AdminEmail)[0].Token];
        Assert.That(secrets, Is.Unique.And.All.Length.GreaterThanOrEqualTo(43));
        var files = Directory.GetFiles(app.Folder, "roundtable.db*").ToDictionary(f => Path.GetFileName(f), ReadShared);
        Assert.Multiple(() =>
        {
            Assert.That(files.Keys, Does.Contain("roundtable.db").And.Contain("roundtable.db-wal"));
            Assert.That(files.Values.Any(f => f.Contains(userId, StringComparison.Ordinal)), Is.True, "the search finds existing values");
            foreach (var secret in secrets)
            {
                Assert.That(answers.Where(a => a.Text.Contains(secret, StringComparison.Ordinal)), Is.Empty);
                Assert.That(
                    answers.Where(a => a.Headers.Any(h => h.Key != "Set-Cookie" && h.Value.Contains(secret, StringComparison.Ordinal))),
                    Is.Empty
                );
                Assert.That(files.Where(f => f.Value.Contains(secret, StringComparison.Ordinal)).Select(f => f.Key), Is.Empty);
            }
        });
    }

    [Test]
    public async Task DatabaseContents_CannotBeUsedToSignIn()
    {
        await using var app = TestApp.Start();
        using var user = await app.NewUserAsync();
        var rows = await app.InspectAsync(db => Task.FromResult((Session: db.Sessions.Single(), Tokens: db.OneTimeTokens.ToList())));
        using var thief = app.NewBrowser();
        foreach (
            var stored in (string[])[rows.Session.KeyHash, rows.Session.Id, .. rows.Tokens.SelectMany(t => new[] { t.SecretHash, t.Id })]
        )
        {
            thief.SessionCookie = stored;
            (await thief.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
            (await thief.PostAsync("/auth/magic-link/verify", new { token = stored })).ShouldFail(400, "invalid_token");
        }
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
