using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using OtpNet;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>Three processes on one database act as one application.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
[Category("threat-9")]
internal sealed class ThreeInstancesTests(DatabaseProvider provider)
{
    private const int Attempts = 100;
    private const string Password = "violet stapler fountain";

    private TempFolder folder = null!;
    private (string Key, string Value)[] settings = [];
    private List<ServerProcess> servers = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = new TempFolder();
        settings = Databases.SettingsOf(provider);
        // All start at once: one migrates, the others wait for it.
        servers = [.. Enumerable.Range(0, 3).Select(_ => ServerProcess.Start(folder.Name, settings))];
        await Task.WhenAll(servers.Select(s => s.WaitUntilReadyAsync()));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        servers.ForEach(s => s.Dispose());
        folder?.Dispose();
        await Databases.DropAsync(settings);
    }

    [Test]
    public async Task Session_WorksOnEveryInstance_UntilItIsRevokedOnAny([Values(0, 1, 2)] int at)
    {
        using var browser = await servers[at].SignInAsync(TestApp.NewEmail());
        using var second = Elsewhere(browser, at + 1);
        using var third = Elsewhere(browser, at + 2);
        var session = (await second.GetAsync("/auth/session")).ShouldSucceed().IdOf("session");
        (await third.GetAsync("/users/me")).ShouldSucceed();
        (await second.DeleteAsync($"/sessions/{session}")).ShouldSucceed(204);
        (await browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await third.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Session_IsEndedOnEveryInstance_AfterSignOut()
    {
        using var browser = await servers[0].SignInAsync(TestApp.NewEmail());
        using var second = Elsewhere(browser, 1);
        using var third = Elsewhere(browser, 2);
        (await second.GetAsync("/users/me")).ShouldSucceed();
        (await browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        (await second.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await third.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task BansAndRoles_ApplyOnOtherInstances_FromTheNextRequest()
    {
        using var admin = await servers[0].SignInAsync(TestApp.AdminEmail);
        using var user = await servers[1].SignInAsync(TestApp.NewEmail());
        using var sameUser = Elsewhere(user, 2);
        (await admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        (await user.GetAsync("/admin/users")).ShouldSucceed();
        (await admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        (await sameUser.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
        (await user.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await sameUser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    [Category("threat-4")]
    public async Task Link_IsRedeemedOnce_AcrossInstances()
    {
        var browsers = NewBrowsers();
        var email = TestApp.NewEmail();
        var token = await browsers[0].RequestLinkAsync(email);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => browsers[i % 3].PostAsync("/auth/magic-link/verify", new { token }))
        );
        Assert.That(answers.Count(x => x.Status == 200), Is.EqualTo(1));
        ShouldBeRefused(answers.Where(x => x.Status != 200 && x.Code != "invalid_token"));
        Assert.That(
            await CountAsync($"SELECT COUNT(*) FROM Sessions s JOIN Users u ON u.Id = s.UserId WHERE u.Email = '{email}'"),
            Is.EqualTo(1)
        );
        browsers.ForEach(b => b.Dispose());
    }

    [Test]
    [Category("threat-19")]
    public async Task LinkMails_AreLimitedPerAddress_AcrossInstances()
    {
        var browsers = NewBrowsers();
        var email = TestApp.NewEmail("limit");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, Attempts).Select(i => browsers[i % 3].PostAsync("/auth/magic-link", new { email }))
        );
        ShouldBeDoneOrRefused(answers, 202);
        await servers[0].Mail.WaitAsync(email, 5);
        Assert.That(
            await CountAsync("SELECT COUNT(*) FROM OutboxMails WHERE Template = 'magic-link' AND ToMasked LIKE 'l***%'"),
            Is.EqualTo(5),
            "no mail is pending"
        );
        Assert.That(servers[0].Mail.To(email), Has.Count.EqualTo(5));
        browsers.ForEach(b => b.Dispose());
    }

    [Test]
    [Category("threat-19")]
    public async Task PasswordAttempts_AreLimitedToFive_AcrossInstances()
    {
        var browsers = NewBrowsers();
        var email = TestApp.NewEmail("guessed");
        using var owner = await servers[0].SignInAsync(email);
        (await owner.PostAsync("/auth/password/change", new { newPassword = Password })).ShouldSucceed(204);

        // Each costs a hash of a tenth of a second: another test tries two hundred, with cheap hashing.
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => browsers[i % 3].PostAsync("/auth/sign-in", new { email, password = $"guess number {i}" }))
        );
        ShouldBeRefused(answers.Where(x => x.Code != "invalid_credentials"));
        Assert.That(
            await CountAsync($"SELECT FailedAttempts FROM Credentials WHERE UserId = '{owner.UserId}'"),
            Is.EqualTo(5),
            "only counted attempts were checked"
        );
        foreach (var browser in browsers)
        {
            (await browser.PostAsync("/auth/sign-in", new { email, password = Password })).ShouldFail(401, "invalid_credentials");
        }

        (await owner.GetAsync("/users/me")).ShouldSucceed();
        browsers.ForEach(b => b.Dispose());
    }

    [Test]
    [Category("threat-10")]
    [Category("threat-19")]
    public async Task SecondFactorAttempts_AreLimitedToFive_AcrossInstances()
    {
        var browsers = NewBrowsers();
        var email = TestApp.NewEmail("half");
        using var owner = await servers[0].SignInAsync(email);
        var secret = (string)(await owner.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;
        var totp = new Totp(Base32Encoding.ToBytes(secret));
        (await owner.PostAsync("/auth/two-factor/confirm", new { code = totp.ComputeTotp() })).ShouldSucceed();

        var half = (
            await browsers[0].PostAsync("/auth/magic-link/verify", new { token = await browsers[0].RequestLinkAsync(email) })
        ).ShouldSucceed();
        Assert.That((bool?)half.Data["twoFactorRequired"], Is.True);
        var challenge = half.Header("Set-Cookie")
            .Split('\n')
            .Single(c => c.StartsWith("roundtable.two-factor=", StringComparison.Ordinal))
            .Split(';')[0];
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 256 });
        var answers = await Task.WhenAll(
            Enumerable.Range(0, Attempts).Select(i => GuessAsync(http, servers[i % 3], challenge, $"{i:000000}"))
        );
        ShouldBeRefused(answers.Where(x => x.Status is not (400 or 401)));
        Assert.That(await CountAsync($"SELECT MAX(FailedAttempts) FROM OneTimeTokens WHERE UserId = '{owner.UserId}'"), Is.EqualTo(5));
        Assert.That(
            (await GuessAsync(http, servers[1], challenge, totp.ComputeTotp(DateTime.UtcNow.AddSeconds(30)))).Status,
            Is.InRange(400, 401),
            "the correct code comes too late"
        );
        browsers.ForEach(b => b.Dispose());
    }

    [Test]
    public async Task Mails_AreSentOnce_WithAllWorkersRunning()
    {
        var browsers = NewBrowsers();
        var emails = Enumerable.Range(0, 90).Select(_ => TestApp.NewEmail("both")).ToList();
        var answers = await Task.WhenAll(emails.Select((email, i) => browsers[i % 3].PostAsync("/auth/magic-link", new { email })));
        ShouldBeDoneOrRefused(answers, 202);
        var promised = emails.Where((_, i) => answers[i].Status == 202).ToList();
        await WaitForOutboxAsync();

        // A file that is written twice looks like one, so sent mails are counted in the logs.
        var sent = servers.SelectMany(s => s.OutputLines).Where(l => l.Contains("SendMail sent", StringComparison.Ordinal)).ToList();
        var counts = servers[0].Mail.All().CountBy(m => m.To).ToDictionary();
        Assert.Multiple(() =>
        {
            Assert.That(promised.Select(e => counts.GetValueOrDefault(e)), Is.All.EqualTo(1));
            Assert.That(counts.Values, Is.All.LessThanOrEqualTo(5));
            Assert.That(sent.Select(l => l[l.IndexOf("SendMail", StringComparison.Ordinal)..]), Is.Unique);
            Assert.That(sent, Has.Count.GreaterThanOrEqualTo(promised.Count));
            Assert.That(sent, Is.All.Contains("attempt 1"));
        });
        browsers.ForEach(b => b.Dispose());
    }

    [Test]
    public async Task AuditLog_IsOneUnbrokenChain()
    {
        using var admin = await servers[1].SignInAsync(TestApp.AdminEmail);
        var browsers = NewBrowsers();
        var changes = browsers.Select((b, i) => servers[i].SignInAsync(TestApp.NewEmail("chain"))).ToList();
        var people = await Task.WhenAll(changes);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(i => people[i % 3].PatchAsync("/users/me", new { name = $"Name {i}" }))
        );
        ShouldBeDoneOrRefused(answers, 200);
        var report = (await admin.GetAsync("/admin/audit-log/verify")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((bool?)report.Data["valid"], Is.True, report.Text);
            Assert.That((long?)report.Data["checked"], Is.GreaterThanOrEqualTo(answers.Count(x => x.Status == 200)));
        });
        browsers.Concat(people).ToList().ForEach(b => b.Dispose());
    }

    // On a busy machine, the single file's lock may not be acquired in time: the response says so, and nothing is half done.
    private static void ShouldBeDoneOrRefused(IReadOnlyCollection<Answer> answers, int done)
    {
        ShouldBeRefused(answers.Where(a => a.Status != done));
        Assert.That(answers.Count(a => a.Status == done), Is.GreaterThanOrEqualTo(answers.Count / 2), "most requests succeed");
    }

    private static void ShouldBeRefused(IEnumerable<Answer> answers)
    {
        foreach (var answer in answers)
        {
            answer.ShouldFail(503, "unavailable");
        }
    }

    private List<Browser> NewBrowsers() => [.. servers.Select(s => s.NewBrowser())];

    private Browser Elsewhere(Browser browser, int at)
    {
        var other = servers[at % servers.Count].NewBrowser();
        other.SessionCookie = browser.SessionCookie;
        return other;
    }

    private static async Task<Answer> GuessAsync(HttpClient http, ServerProcess server, string challenge, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.BaseAddress, "/api/v1/auth/two-factor/verify"))
        {
            Content = Wire.Json($$"""{"code":"{{code}}"}"""),
        };
        request.Headers.Add("Cookie", challenge);
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    private async Task WaitForOutboxAsync()
    {
        for (var i = 0; await CountAsync("SELECT COUNT(*) FROM OutboxMails WHERE Status <> 'Sent'") > 0; i++)
        {
            Assert.That(i, Is.LessThan(600), "The outbox was not emptied");
            await Task.Delay(50);
        }
    }

    private async Task<long> CountAsync(string sql)
    {
        await using DbConnection connection =
            provider == DatabaseProvider.Sqlite
                ? new SqliteConnection($"Data Source={servers[0].DatabaseFile};Pooling=false")
                : new SqlConnection(settings.Single(s => s.Key == "ConnectionStrings:Roundtable").Value);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
