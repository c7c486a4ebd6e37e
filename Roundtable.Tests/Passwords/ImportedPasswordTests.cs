using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Cryptography.KeyDerivation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Passwords;

/// <summary>Migrated users sign in with their old passwords, and the rehash is visible only in the database.</summary>
[Category(Databases.OnServer)]
public sealed class ImportedPasswordTests
{
    private const string Password = "correct horse battery";

    private static TestApp App => TestApp.Current;

    [TestCaseSource(nameof(BetterAuthHashes))]
    public async Task BetterAuth(string password, string hash) => await ShouldMoveAsync(password, hash, "text/csv");

    [TestCase(PasswordHasherCompatibilityMode.IdentityV2, 0)]
    [TestCase(PasswordHasherCompatibilityMode.IdentityV3, TestApp.HashIterations / 2)]
    public async Task Identity(PasswordHasherCompatibilityMode mode, int iterations)
    {
        var options = new PasswordHasherOptions { CompatibilityMode = mode };
        options.IterationCount = iterations > 0 ? iterations : options.IterationCount;
        await ShouldMoveAsync(
            Password,
            new PasswordHasher<object>(Options.Create(options)).HashPassword(new object(), Password),
            "application/x-ndjson"
        );
    }

    // 512 bytes in total, most of them salt.
    [Test]
    public async Task IdentityHashes_AreAcceptedUpToTheMaximumLength()
    {
        const int iterations = 1_000;
        var salt = RandomNumberGenerator.GetBytes(467);
        var stored = new byte[13 + salt.Length + 32];
        stored[0] = 0x01;
        BinaryPrimitives.WriteUInt32BigEndian(stored.AsSpan(1), (uint)KeyDerivationPrf.HMACSHA256);
        BinaryPrimitives.WriteUInt32BigEndian(stored.AsSpan(5), iterations);
        BinaryPrimitives.WriteUInt32BigEndian(stored.AsSpan(9), (uint)salt.Length);
        salt.CopyTo(stored, 13);
        Rfc2898DeriveBytes.Pbkdf2(Password, salt, iterations, HashAlgorithmName.SHA256, 32).CopyTo(stored, 13 + salt.Length);
        await ShouldMoveAsync(Password, Convert.ToBase64String(stored), "application/x-ndjson");
    }

    // Both requests match the old hash, and one replaces it first.
    [Test]
    public async Task SignIns_AllSucceed_WhenTheHashIsUpgradedConcurrently()
    {
        var email = TestApp.NewEmail("eager");
        var options = new PasswordHasherOptions { CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV2 };
        await ImportAsync(
            email,
            new PasswordHasher<object>(Options.Create(options)).HashPassword(new object(), Password),
            true,
            "text/csv"
        );
        using var browser = App.NewBrowser();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => browser.PostAsync("/auth/sign-in", new { email, password = Password }))
        );
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(200));
    }

    // .NET cannot normalize it, and Better Auth normalizes passwords before hashing.
    [Test]
    public async Task BetterAuthHash_RefusesAPassword_WithANoncharacter()
    {
        var email = TestApp.NewEmail("odd");
        await ImportAsync(email, (string)BetterAuthHashes().First().Arguments[1]!, true, "text/csv");
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/sign-in", new { email, password = "Correct\uFFFEHorse" })).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    public async Task UnverifiedUsers_AreMailedALink()
    {
        var email = TestApp.NewEmail("unverified");
        await ImportAsync(email, new PasswordHasher<object>().HashPassword(new object(), Password), false, "text/csv");
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/sign-in", new { email, password = Password })).ShouldFail(401, "invalid_credentials");
        await App.Mail.WaitAsync(email);
    }

    [Test]
    public async Task Hashes_AreNotExported()
    {
        var email = TestApp.NewEmail("hashed");
        var hash = new PasswordHasher<object>().HashPassword(new object(), Password);
        await ImportAsync(email, hash, true, "text/csv");
        using var admin = await App.NewAdminAsync();
        foreach (var format in new[] { "csv", "ndjson" })
        {
            var file = (await admin.GetAsync($"/admin/users/export?format={format}&search={email}")).ShouldSucceed();
            Assert.That(file.Text, Does.Contain(email).And.Not.Contain(hash).And.Not.Contain("passwordHash"));
        }
    }

    private static async Task ShouldMoveAsync(string password, string hash, string type)
    {
        var email = TestApp.NewEmail("moved");
        await ImportAsync(email, hash, true, type);
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/sign-in", new { email, password = password + "!" })).ShouldFail(401, "invalid_credentials");
        Assert.That(await StoredAsync(email), Is.EqualTo(hash));
        (await browser.PostAsync("/auth/sign-in", new { email, password })).ShouldSucceed();
        var rehashed = await StoredAsync(email);
        Assert.That(rehashed, Is.Not.EqualTo(hash).And.StartsWith("AQAAAA"));
        (await browser.PostAsync("/auth/sign-in", new { email, password })).ShouldSucceed();
        Assert.That(await StoredAsync(email), Is.EqualTo(rehashed));
        (await browser.PostAsync("/auth/sign-in", new { email, password = password + "!" })).ShouldFail(401, "invalid_credentials");
    }

    private static async Task ImportAsync(string email, string hash, bool verified, string type)
    {
        var flag = verified ? "true" : "false";
        var text =
            type == "text/csv"
                ? $"email,emailVerified,passwordHash\n{email},{flag},{hash}\n"
                : JsonSerializer.Serialize(
                    new
                    {
                        email,
                        emailVerified = verified,
                        passwordHash = hash,
                    }
                ) + "\n";
        var answer = await (await App.RootAsync()).SendAsync(HttpMethod.Post, "/admin/users/import", Wire.Body(text, type));
        Assert.That((int?)answer.ShouldSucceed().Data["created"], Is.EqualTo(1), answer.Text);
    }

    private static Task<string?> StoredAsync(string email) =>
        App.InspectAsync(async db =>
        {
            var id = await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
            return await db.Credentials.Where(c => c.UserId == id).Select(c => c.PasswordHash).SingleAsync();
        });

    private static IEnumerable<TestCaseData> BetterAuthHashes()
    {
        var file = Path.Combine(Repository.Root, "Roundtable.Tests", "Administration", "Fixtures", "better-auth-hashes.json");
        var rows = JsonSerializer.Deserialize<List<Moved>>(File.ReadAllText(file), JsonSerializerOptions.Web)!;
        return rows.Select((r, i) => new TestCaseData(r.Password, r.Hash).SetArgDisplayNames($"{i}"));
    }

    private sealed record Moved(string Password, string Hash);
}
