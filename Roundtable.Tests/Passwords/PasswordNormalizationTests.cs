using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Org.BouncyCastle.Crypto.Generators;
using Roundtable.Api.Common;
using Roundtable.Domain.Common;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Passwords;

/// <summary>A password matches in every Unicode form a keyboard sends, wherever its hash was created.</summary>
public sealed class PasswordNormalizationTests
{
    private const string Nfc = "caf\u00e9 \u1e69ncrypted fountain";
    private const string Nfd = "cafe\u0301 s\u0323\u0307ncrypted fountain";
    private const string Mixed = "cafe\u0301 \u1e69ncrypted fountain";

    private static TestApp App => TestApp.Current;

    [Test]
    public async Task SignIn_AcceptsBothUnicodeForms_OfAPassword([Values(Nfc, Nfd)] string set)
    {
        using var person = await Person.ByLinkAsync(App);
        (await person.Browser.PostAsync("/auth/password/change", new { newPassword = set })).ShouldSucceed(204);
        foreach (var typed in (string[])[Nfc, Nfd, Mixed])
        {
            (await person.TryPasswordAsync(typed)).ShouldSucceed();
            (await person.Browser.PostAsync("/auth/reauthenticate", new { password = typed })).ShouldSucceed(204);
        }

        (await person.TryPasswordAsync(Nfc + "!")).ShouldFail(401, "invalid_credentials");
        (await person.TryPasswordAsync(Nfc.Replace('\u00e9', 'e'))).ShouldFail(401, "invalid_credentials");
        (await person.Browser.PostAsync("/auth/password/change", new { currentPassword = Nfd, newPassword = Nfc + "2" })).ShouldSucceed(
            204
        );
    }

    [Test]
    public async Task ImportedHashes_MatchBothUnicodeForms([Values(Nfc, Nfd)] string hashed, [Values] bool betterAuth)
    {
        foreach (var typed in (string[])[Nfc, Nfd])
        {
            using var person = new Person(App, TestApp.NewEmail("moved"));
            var hash = betterAuth ? BetterAuth(hashed) : new PasswordHasher<object>().HashPassword(new object(), hashed);
            var file = JsonSerializer.Serialize(
                new
                {
                    email = person.Email,
                    emailVerified = true,
                    passwordHash = hash,
                }
            );
            Assert.That(
                (int?)
                    (await (await App.RootAsync()).PostAsync("/admin/users/import", Wire.Body(file, "application/x-ndjson")))
                        .ShouldSucceed()
                        .Data["created"],
                Is.EqualTo(1)
            );
            (await person.TryPasswordAsync(typed)).ShouldSucceed();

            // The hash is now stored in the form that is tried first.
            var stored = await App.InspectAsync(db =>
                db.Users.Where(u => u.Email == person.Email).Select(u => u.Credentials.PasswordHash!).SingleAsync()
            );
            Assert.That(
                new PasswordHasher<object>().VerifyHashedPassword(new object(), stored, Nfc),
                Is.Not.EqualTo(PasswordVerificationResult.Failed)
            );
        }
    }

    // The password as typed still matches in a mixed form, because an earlier version hashed it so.
    [Test]
    public async Task EarlierHashes_OfMixedForms_Match()
    {
        using var person = await Person.WithPasswordAsync(App);
        var hash = new PasswordHasher<object>().HashPassword(new object(), Mixed);
        await App.ArrangeAsync(async db =>
            (await db.Users.Include(u => u.Credentials).SingleAsync(u => u.Email == person.Email)).Credentials.Rehash(hash)
        );
        (await person.TryPasswordAsync(Mixed)).ShouldSucceed();
        (await person.TryPasswordAsync(Nfd)).ShouldSucceed();
    }

    [Test]
    public void Forms_ContainTheTypedText_AndNoDuplicates()
    {
        Assert.Multiple(() =>
        {
            Assert.That(UnicodeText.Forms("plain"), Is.EqualTo(new[] { "plain" }));
            Assert.That(UnicodeText.Forms(Nfc), Is.EqualTo(new[] { Nfc, Nfd }));
            Assert.That(UnicodeText.Forms(Nfd), Is.EqualTo(new[] { Nfc, Nfd }));
            Assert.That(UnicodeText.Forms(Mixed), Is.EqualTo(new[] { Nfc, Mixed, Nfd }));
            Assert.That(UnicodeText.Forms("\ufffe\u00e9"), Is.EqualTo(new[] { "\ufffe\u00e9" }));
            Assert.That(UnicodeText.Forms("\ud800\u00e9"), Is.EqualTo(new[] { "\ud800\u00e9" }));
        });
    }

    // Requests keep passwords as typed; new password members must be marked too.
    [Test]
    public void Requests_DoNotNormalizePasswords()
    {
        var members = typeof(Program)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetProperties())
            .Where(p =>
                p.PropertyType == typeof(string)
                && p.Name.EndsWith("Password", StringComparison.Ordinal)
                && p.DeclaringType!.Name.EndsWith("Request", StringComparison.Ordinal)
            )
            .ToList();
        Assert.That(members, Has.Count.GreaterThanOrEqualTo(8));
        Assert.That(members.Where(p => !p.IsDefined(typeof(AsTypedAttribute), false)), Is.Empty);
    }

    [TestCase("🐎🐎🦊🐎🐎", false)]
    [TestCase("🐎🐎🦊🐎🐎🐎🐎🐎🐎", false)]
    [TestCase("🐎🐎🦊🐎🐎🐎🐎🐎🐎🐎", true)]
    [TestCase("e\u0301e\u0301e\u0301e\u0301a\u0301", false)]
    [TestCase("e\u0301e\u0301e\u0301e\u0301a\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", true)]
    [TestCase("🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎", false)]
    public async Task Length_IsCountedInCharacters_NotInUtf16Units(string password, bool fits)
    {
        using var person = await Person.ByLinkAsync(App);
        var answer = await person.Browser.PostAsync("/auth/password/change", new { newPassword = password });
        Assert.That(answer.Status, Is.EqualTo(fits ? 204 : 400), answer.Text);
    }

    [Test]
    public async Task MaximumLength_IsTheSame_InEveryScript()
    {
        using var person = await Person.ByLinkAsync(App);
        var longest = "🦊" + string.Concat(Enumerable.Repeat("🐎", 127));
        (await person.Browser.PostAsync("/auth/password/change", new { newPassword = longest + "x" })).ShouldFail(400, "validation_failed");
        (await person.Browser.PostAsync("/auth/password/change", new { newPassword = longest })).ShouldSucceed(204);
        (await person.TryPasswordAsync(longest)).ShouldSucceed();
    }

    private static string BetterAuth(string password)
    {
        var salt = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        var bytes = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
        return $"{salt}:{Convert.ToHexStringLower(SCrypt.Generate(bytes, Encoding.UTF8.GetBytes(salt), 16384, 16, 1, 64))}";
    }
}
