using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Roundtable.Application.ApiKeys;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ApiKeys;

/// <summary>Secrets appear nowhere, guessing is limited, networks are checked, and rotations leave one truth.</summary>
public sealed class ApiKeySecretTests : AccountTests
{
    [Test]
    [Category("threat-60")]
    public async Task Secrets_AreInNoLog_NoAuditEntry_AndNoDatabaseFile()
    {
        var log = new List<string>();
        await using var app = TestApp.Start(
            s =>
                Microsoft.Extensions.DependencyInjection.LoggingServiceCollectionExtensions.AddLogging(s, l =>
                    l.AddProvider(new ListLogger(log)).SetMinimumLevel(LogLevel.Trace)
                ),
            ("Serilog:MinimumLevel:Default", "Verbose"),
            ("Serilog:MinimumLevel:Override:Microsoft.AspNetCore", "Verbose")
        );
        using var admin = await app.NewAdminAsync();
        var key = await admin.NewKeyAsync("me:read", "audit:read");
        var service = await admin.NewServiceKeyAsync(["admin"], "users:list");
        var rotated = Key.Of((await admin.PostAsync($"{service.KeyPath}/rotate")).ShouldSucceed());
        (await app.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        (await app.GetAsync(rotated.Secret, "/admin/users?search=x")).ShouldSucceed();
        (await app.GetAsync($"{key.Secret[..^1]}_", "/users/me")).ShouldFail(401, "unauthenticated");
        using var stranger = app.NewBrowser();
        (await stranger.PostAsync("/auth/api-keys/report", new { key = service.Secret })).ShouldSucceed(204);
        var audit = (await admin.GetAsync("/admin/audit-log?limit=100")).ShouldSucceed().Text;
        var random = new[] { key, service.Key, rotated }.Select(k => k.Secret[12..]).ToList();
        var database = await ReadDatabaseAsync(app);
        Assert.Multiple(() =>
        {
            foreach (var secret in random)
            {
                Assert.That(log, Has.None.Contains(secret));
                Assert.That(audit, Does.Not.Contain(secret));
                Assert.That(database, Does.Not.Contain(secret));
                Assert.That(app.Mail.All().Select(m => m.Raw), Has.None.Contains(secret));
            }
        });
    }

    [Test]
    [Category("threat-61")]
    public async Task WrongKeys_CountAgainstTheAddress_AndGoodOnesDoNot()
    {
        await using var app = TestApp.Start(
            ("RateLimiting:Enabled", "true"),
            ("RateLimiting:Api:Permits", "30"),
            ("RateLimiting:Auth:Permits", "100")
        );
        using var user = await app.NewUserAsync();
        var key = await user.NewKeyAsync("me:read");
        var guesses = new List<Answer>();
        for (var i = 0; i < 40; i++)
        {
            guesses.Add(await app.GetAsync(ApiKeySecrets.Create(forService: i % 2 == 0), "/users/me"));
        }

        Assert.That(guesses.Select(g => g.Status).Distinct(), Is.EquivalentTo(new[] { 401, 429 }));
        Assert.That(guesses.Count(g => g.Status == 401), Is.LessThanOrEqualTo(30));
        var good = (await app.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        Assert.That(good.Header("RateLimit-Limit"), Is.EqualTo("600"));
    }

    [Test]
    [Category("threat-61")]
    public async Task Keys_CountNeitherAsSignIns_NorAsExports()
    {
        await using var app = TestApp.Start(("RateLimiting:Enabled", "true"), ("RateLimiting:Auth:Permits", "8"));
        using var user = await app.NewUserAsync();
        var key = await user.NewKeyAsync("me:read");
        for (var i = 0; i < 10; i++)
        {
            (await app.SendAsync(key.Secret, HttpMethod.Post, "/auth/sign-in", new { })).ShouldFail(403, "forbidden");
            (await app.SendAsync(ApiKeySecrets.Create(true), HttpMethod.Post, "/auth/sign-in", new { })).ShouldFail(401, "unauthenticated");
        }

        using var other = app.NewBrowser();
        (await other.PostAsync("/auth/sign-in", new { email = TestApp.NewEmail(), password = "x" })).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    public async Task GoodKeys_HaveALimitOfTheirOwn_EachOne()
    {
        await using var app = TestApp.Start(("RateLimiting:Enabled", "true"), ("RateLimiting:ApiKey:Permits", "5"));
        using var user = await app.NewUserAsync();
        var first = await user.NewKeyAsync("me:read");
        var second = await user.NewKeyAsync("me:read");
        for (var i = 0; i < 5; i++)
        {
            (await app.GetAsync(first.Secret, "/users/me")).ShouldSucceed();
        }

        var refused = (await app.GetAsync(first.Secret, "/users/me")).ShouldFail(429, "rate_limited");
        Assert.That(refused.Header("Retry-After"), Is.Not.Empty);
        (await app.GetAsync(second.Secret, "/users/me")).ShouldSucceed();
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase("127.0.0.1", true)]
    [TestCase("127.0.0.0/8", true)]
    [TestCase("::ffff:127.0.0.0/104", true)]
    [TestCase("::ffff:127.0.0.1", true)]
    [TestCase("203.0.113.0/24", false)]
    [TestCase("::1", false)]
    [TestCase("::/0", false)]
    [Category("threat-63")]
    public async Task Networks_AreThoseOfTheTrueAddress(string network, bool isAllowed)
    {
        using var user = await App.NewUserAsync();
        var key = Key.Of(
            (
                await user.PostAsync(
                    "/users/me/api-keys",
                    new
                    {
                        name = "a",
                        scopes = new[] { "me:read" },
                        allowedNetworks = new[] { network },
                    }
                )
            ).ShouldSucceed(201)
        );
        var answer = await App.SendAsync(key.Secret, HttpMethod.Get, "/users/me", null, ("X-Forwarded-For", "203.0.113.7"));
        Assert.That(answer.Status, Is.EqualTo(isAllowed ? 200 : 401), answer.Text);
    }

    [Test]
    [Category("threat-63")]
    public async Task Networks_UseTheAddressOfATrustedProxy()
    {
        await using var app = TestApp.Start(("App:TrustedProxies:0", "127.0.0.1"));
        using var user = await app.NewUserAsync();
        var key = Key.Of(
            (
                await user.PostAsync(
                    "/users/me/api-keys",
                    new
                    {
                        name = "a",
                        scopes = new[] { "me:read" },
                        allowedNetworks = new[] { "203.0.113.0/24" },
                    }
                )
            ).ShouldSucceed(201)
        );
        foreach (var (address, status) in ((string, int)[])[("203.0.113.7", 200), ("::ffff:203.0.113.7", 200), ("198.51.100.1", 401)])
        {
            var answer = await app.SendAsync(key.Secret, HttpMethod.Get, "/users/me", null, ("X-Forwarded-For", address));
            Assert.That(answer.Status, Is.EqualTo(status), $"{address}: {answer.Text}");
        }

        (await app.GetAsync(key.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    [Category("threat-64")]
    public async Task Rotations_AtOnce_SucceedOnce_AndKeepTheOldSecret()
    {
        using var user = await App.NewUserAsync();
        var key = await user.NewKeyAsync("me:read");
        await using var other = App.StartSibling();
        using var elsewhere = other.NewBrowser();
        elsewhere.SessionCookie = user.SessionCookie;
        var rotations = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? user : elsewhere).PostAsync($"/users/me/api-keys/{key.Id}/rotate"))
        );
        // Some may have begun after others had ended; each that succeeded keeps the secret before it for its overlap.
        var secrets = rotations.Where(r => r.Status == 200).Select(r => Key.Of(r).Secret).ToList();
        Assert.That(rotations.Where(r => r.Status != 200).Select(r => r.Code), Has.All.EqualTo("conflict"));
        Assert.That(secrets, Is.Not.Empty);
        var stored = await App.InspectAsync(db => db.ApiKeys.Where(k => k.Id == key.Id).Select(k => k.Secrets.Count).SingleAsync());
        Assert.That(stored, Is.EqualTo(2));
        if (secrets is [var only])
        {
            (await App.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
            (await App.GetAsync(only, "/users/me")).ShouldSucceed();
        }
    }

    [Test]
    [Category("threat-64")]
    public async Task Rotation_IsRefused_WhenAnotherCameFirst()
    {
        // Both have seen the key before either writes: the transaction that rotates first ends the other.
        _ = App.DatabaseFile;
        using var user = await App.NewUserAsync();
        var key = await user.NewKeyAsync("me:read");
        List<Task<Answer>> rotations = [];
        await App.ArrangeAsync(async _ =>
        {
            rotations = [.. Enumerable.Range(0, 5).Select(_ => user.PostAsync($"/users/me/api-keys/{key.Id}/rotate"))];
            await Task.Delay(TimeSpan.FromSeconds(1.5));
        });
        var answers = await Task.WhenAll(rotations);
        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 200).Select(a => a.Code), Has.All.EqualTo("conflict"));
        (await App.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        (await App.GetAsync(Key.Of(answers.Single(a => a.Status == 200)).Secret, "/users/me")).ShouldSucceed();
        (await user.PostAsync($"/users/me/api-keys/{key.Id}/rotate", null, ("If-Match", "\"1\""))).ShouldFail(412, "stale_version");
        (await user.DeleteAsync($"/users/me/api-keys/{key.Id}", ("If-Match", "\"1\""))).ShouldFail(412, "stale_version");
    }

    [Test]
    [Category("threat-64")]
    public async Task RotationUnderLoad_FailsNoRequest()
    {
        using var admin = await App.NewAdminAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], "users:list", "users:update");
        using var user = await App.NewUserAsync();
        var secret = sync.Secret;
        using var stop = new CancellationTokenSource();
        var failures = new List<string>();
        var load = Enumerable.Range(0, 4).Select(i => Task.Run(() => LoadAsync(i))).ToList();
        for (var i = 0; i < 5; i++)
        {
            await Task.Delay(100);
            secret = Key.Of((await admin.PostAsync($"{sync.KeyPath}/rotate", new { overlapHours = 1 })).ShouldSucceed()).Secret;
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.That(failures, Is.Empty);

        async Task LoadAsync(int i)
        {
            while (!stop.IsCancellationRequested)
            {
                var answer =
                    i % 2 == 0
                        ? await App.GetAsync(secret, "/admin/users?limit=1")
                        : await App.SendAsync(secret, HttpMethod.Post, $"/admin/users/{user.UserId}/unlock");
                if (answer.Status is not (200 or 204))
                {
                    lock (failures)
                    {
                        failures.Add(answer.Text);
                    }
                }
            }
        }
    }

    private static async Task<string> ReadDatabaseAsync(TestApp app)
    {
        var parts = new List<string>();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(app.DatabaseFile)!, "roundtable.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            parts.Add(await reader.ReadToEndAsync());
        }

        return string.Concat(parts);
    }

    private sealed class ListLogger(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (lines)
            {
                lines.Add($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
            // The list belongs to the test.
        }
    }
}
