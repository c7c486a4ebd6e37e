using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SignIn;

/// <summary>Every failed sign-in costs the same, whatever the kind of stored hash and whatever blocks the account.</summary>
[Category("threat-42")]
[NonParallelizable]
public sealed class SignInCostTests
{
    private const int Rounds = 7;
    private const int OwnIterations = 220_000;
    private const long LargeObjectBytes = 400L << 20;
    private const long AllBytes = LargeObjectBytes + (200L << 20);

    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.StartWithCostlyHashes();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public void CollectAgain()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }
    }

    [Test]
    [Category("Slow")]
    [Retry(3)]
    public async Task Failure_TakesTheSameTime_ForEveryKindOfAccount()
    {
        var kinds = await AccountsAsync();
        using var browser = app.NewBrowser();
        var times = kinds.Keys.ToDictionary(k => k, _ => new List<double>());

        // scrypt's 32 MB start a collection. Here that would walk all that earlier tests left, which a server does not have.
        Assert.That(GC.TryStartNoGCRegion(AllBytes, LargeObjectBytes), "There is too little memory.");
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (kind, email) in kinds)
            {
                var start = Stopwatch.GetTimestamp();
                (await browser.PostAsync("/auth/sign-in", new { email, password = $"not the password {round}" })).ShouldFail(
                    401,
                    "invalid_credentials"
                );
                if (round > 0)
                {
                    times[kind].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                await app.ReadAsync(db =>
                    db.Credentials.Where(c => c.LockedUntilUtc == null).ExecuteUpdateAsync(s => s.SetProperty(c => c.FailedAttempts, 0))
                );
            }
        }

        Assert.That(GCSettings.LatencyMode, Is.EqualTo(GCLatencyMode.NoGCRegion), "A collection ran.");
        var medians = times.ToDictionary(t => t.Key, t => t.Value.Order().ElementAt(Rounds / 2));
        TestContext.Out.WriteLine(
            string.Join("\n", medians.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key}: {m.Value:0.0} ms")))
        );
        var usual = medians["our own hash"];
        Assert.That(medians.Values, Is.All.InRange(usual * 0.75, usual * 1.25));
    }

    [TestCase(0, OwnIterations, 20, "created")]
    [TestCase(0, OwnIterations / 2, 32, "created")]
    [TestCase(1, OwnIterations, 32, "created")]
    [TestCase(2, OwnIterations, 32, "created")]
    [TestCase(2, OwnIterations, 64, "created")]
    [TestCase(2, OwnIterations + 1, 32, "failed")]
    [TestCase(2, 2_000_000, 32, "failed")]
    [TestCase(1, 600_000, 32, "failed")]
    [TestCase(1, 0, 32, "failed")]
    [TestCase(2, OwnIterations, 65, "failed")]
    [TestCase(1, OwnIterations, 33, "failed")]
    [TestCase(0, OwnIterations, 480, "failed")]
    [TestCase(0, 9_000, 480, "created")]
    [TestCase(3, 1000, 32, "failed")]
    public async Task Import_AcceptsHashes_ThatCostNoMoreThanTheDefault(int function, int iterations, int keyBytes, string outcome)
    {
        var hash = new byte[13 + 16 + keyBytes];
        hash[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(1), function);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(9), 16);
        Assert.That(await ImportAsync(TestApp.NewEmail(), Convert.ToBase64String(hash), true), Is.EqualTo(outcome));
    }

    private async Task<IReadOnlyDictionary<string, string>> AccountsAsync()
    {
        var fixture = Path.Combine(Repository.Root, "Roundtable.Tests", "Administration", "Fixtures", "better-auth-hashes.json");
        var scrypt = (string)JsonDocument.Parse(await File.ReadAllTextAsync(fixture)).RootElement[0].GetProperty("hash").GetString()!;
        var own = Identity(PasswordHasherCompatibilityMode.IdentityV3, OwnIterations);
        var kinds = new Dictionary<string, string> { ["nobody"] = TestApp.NewEmail() };
        foreach (
            var (kind, hash, verified) in new[]
            {
                ("our own hash", own, true),
                ("Identity 3, 10,000", Identity(PasswordHasherCompatibilityMode.IdentityV3, 10_000), true),
                ("Identity 2", Identity(PasswordHasherCompatibilityMode.IdentityV2, 1000), true),
                ("scrypt", scrypt, true),
                ("no password", null, true),
                ("unverified", own, false),
                ("unverified, Identity 2", Identity(PasswordHasherCompatibilityMode.IdentityV2, 1000), false),
                ("locked", own, true),
                ("banned", own, true),
            }
        )
        {
            kinds[kind] = TestApp.NewEmail();
            Assert.That(await ImportAsync(kinds[kind], hash, verified), Is.EqualTo("created"));
        }

        var locked = (await app.FindUserAsync(kinds["locked"]))!.Id;
        var until = app.Now.AddMinutes(15);
        await app.ReadAsync(db =>
            db.Credentials.Where(c => c.UserId == locked).ExecuteUpdateAsync(s => s.SetProperty(c => c.LockedUntilUtc, until))
        );
        var banned = (await app.FindUserAsync(kinds["banned"]))!.Id;
        (await (await app.RootAsync()).PostAsync($"/admin/users/{banned}/ban", new { reason = "Spam" })).ShouldSucceed();
        return kinds;
    }

    private async Task<string> ImportAsync(string email, string? passwordHash, bool emailVerified)
    {
        var row = JsonSerializer.Serialize(
            passwordHash is null
                ? new { email, emailVerified }
                : (object)
                    new
                    {
                        email,
                        emailVerified,
                        passwordHash,
                    }
        );
        var answer = (
            await (await app.RootAsync()).PostAsync("/admin/users/import", Wire.Body(row + "\n", "application/x-ndjson"))
        ).ShouldSucceed();
        return (int?)answer.Data["created"] == 1 ? "created"
            : (int?)answer.Data["failed"] == 1 ? "failed"
            : answer.Text;
    }

    private static string Identity(PasswordHasherCompatibilityMode mode, int iterations) =>
        new PasswordHasher<object>(
            Options.Create(new PasswordHasherOptions { CompatibilityMode = mode, IterationCount = iterations })
        ).HashPassword(new object(), Person.Password);
}
