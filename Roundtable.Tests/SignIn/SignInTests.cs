using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Roundtable.Domain.Users;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SignIn;

public sealed class SignInTests : AccountTests
{
    private const string Cookie = "roundtable.session";

    [Test]
    public async Task SignIn_OpensSession_WhenPasswordIsCorrect()
    {
        using var person = await Person.WithPasswordAsync(App);

        var answer = (await person.TryPasswordAsync()).ShouldSucceed();

        Assert.Multiple(() =>
        {
            Assert.That((bool?)answer.Data["twoFactorRequired"], Is.False);
            Assert.That((string?)answer.Data["user"]!["id"], Is.EqualTo(person.Id));
            Assert.That((string?)answer.Data["session"]!["method"], Is.EqualTo("password"));
            Assert.That((bool?)answer.Data["session"]!["current"], Is.True);
            Assert.That((DateTime)answer.Data["session"]!["expiresAt"]!, Is.EqualTo(App.Now.AddDays(7)).Within(TimeSpan.FromSeconds(1)));
            Assert.That(answer.Header("Cache-Control"), Does.Contain("no-store"));
            Assert.That(
                answer.Header("Set-Cookie"),
                Does.Contain("expires=").And.Contain("httponly").And.Contain("samesite=lax").And.Contain("path=/")
            );
            Assert.That(answer.Text, Does.Not.Contain(answer.SetsCookie(Cookie)));
        });
    }

    [Test]
    [Category("threat-20")]
    public async Task SignIn_ReturnsTheSameError_WhenUnknownWrongLockedOrUnverified()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var unverified = await Person.UnverifiedAsync(App);
        using var noPassword = await Person.ByLinkAsync(App);
        using var locked = await Person.ByLinkAsync(App);
        await App.ReadAsync(db =>
            db.Credentials.Where(c => c.UserId == locked.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.LockedUntilUtc, App.Now.AddMinutes(15)).SetProperty(c => c.FailedAttempts, 5))
        );

        var responses = new List<string>();
        foreach (
            var (email, password) in ((string, string)[])
                [
                    (TestApp.NewEmail(), Person.Password),
                    (person.Email, "not the password"),
                    (locked.Email, Person.Password),
                    (unverified.Email, Person.Password),
                    (unverified.Email, "not the password"),
                    (noPassword.Email, ""),
                    ("no address", Person.Password),
                    (person.Email, ""),
                ]
        )
        {
            using var browser = App.NewBrowser();
            responses.Add(
                (await browser.PostAsync("/auth/sign-in", new { email, password })).ShouldFail(401, "invalid_credentials").Comparable()
            );
        }

        Assert.That(responses.Distinct().Count(), Is.EqualTo(1), string.Join("\n", responses));
    }

    [Test]
    public async Task SignIn_MailsNewVerificationLink_WhenUnverifiedAndPasswordIsCorrect()
    {
        using var person = await Person.UnverifiedAsync(App);
        var first = await App.NewestMailAsync(person.Email, Subjects.Verification);

        (await person.TryPasswordAsync("not the password")).ShouldFail(401, "invalid_credentials");
        Assert.That(await person.MailsAsync(), Has.Count.EqualTo(1));

        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        var mails = await person.MailsAsync(Subjects.Verification);
        Assert.That(mails, Has.Count.EqualTo(2));
        (await person.Browser.PostAsync("/auth/email/verify", new { token = first.Token })).ShouldFail(400, "invalid_token");
        (await person.Browser.PostAsync("/auth/email/verify", new { token = mails[1].Token })).ShouldSucceed(204);
        (await person.TryPasswordAsync()).ShouldSucceed();
    }

    [Test]
    public async Task SignIn_LastsForTheBrowserSessionAndADay_WithoutRememberMe()
    {
        using var person = await Person.WithPasswordAsync(App);
        var browser = person.NewBrowser();

        var answer = (
            await browser.PostAsync(
                "/auth/sign-in",
                new
                {
                    email = person.Email,
                    password = Person.Password,
                    rememberMe = false,
                }
            )
        ).ShouldSucceed();

        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("Set-Cookie"), Does.Contain(Cookie).And.Not.Contain("expires=").And.Not.Contain("max-age="));
            Assert.That((DateTime)answer.Data["session"]!["expiresAt"]!, Is.EqualTo(App.Now.AddDays(1)).Within(TimeSpan.FromSeconds(1)));
        });
        await App.EvaluateAsync(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.That(await browser.IsSignedInAsync(), Is.True);
        await App.EvaluateAsync(TimeSpan.FromSeconds(1));
        Assert.That(await browser.IsSignedInAsync(), Is.False);
    }

    [Test]
    public async Task SignIn_RefreshesForADayOnly_WithoutRememberMe()
    {
        using var person = await Person.WithPasswordAsync(App);
        var browser = person.NewBrowser();
        // A session is refreshed a day after its last refresh, when this one has already expired.
        (
            await browser.PostAsync(
                "/auth/sign-in",
                new
                {
                    email = person.Email,
                    password = Person.Password,
                    rememberMe = false,
                }
            )
        ).ShouldSucceed();

        await App.EvaluateAsync(TimeSpan.FromHours(12));
        var used = await browser.GetAsync("/auth/session");

        Assert.Multiple(() =>
        {
            Assert.That(used.IsSignedIn(), Is.True);
            Assert.That((DateTime)used.Data["session"]!["expiresAt"]!, Is.LessThanOrEqualTo(App.Now.AddDays(1)));
            Assert.That(used.Header("Set-Cookie"), Does.Not.Contain("expires="));
        });
    }

    [Test]
    public async Task SignIn_ReportsTheBan_OnlyWhenPasswordIsCorrect()
    {
        using var person = await Person.WithPasswordAsync(App);
        var until = App.Now.AddDays(3);
        using var admin = await App.SignInAsAdminAsync();
        (await admin.PostAsync($"/admin/users/{person.Id}/ban", new { reason = "Spam in the forum", expiresAt = until })).ShouldSucceed();

        (await person.TryPasswordAsync("not the password")).ShouldFail(401, "invalid_credentials");
        var refused = (await person.TryPasswordAsync()).ShouldFail(403, "user_banned");

        Assert.Multiple(() =>
        {
            Assert.That((string?)refused.Json["context"]!["reason"], Is.EqualTo("Spam in the forum"));
            Assert.That(
                DateTime.Parse(
                    (string)refused.Json["context"]!["expiresAt"]!,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AdjustToUniversal
                ),
                Is.EqualTo(until).Within(TimeSpan.FromSeconds(1))
            );
            Assert.That(refused.Header("Set-Cookie"), Is.Empty);
        });
        await App.EvaluateAsync(TimeSpan.FromDays(3));
        (await person.TryPasswordAsync()).ShouldSucceed();
    }

    [TestCase(PasswordHasherCompatibilityMode.IdentityV3)]
    [TestCase(PasswordHasherCompatibilityMode.IdentityV2)]
    public async Task SignIn_UpgradesTheHash_WhenItIsWeaker(PasswordHasherCompatibilityMode mode)
    {
        await using var app = TestApp.StartWithCostlyHashes();
        using var person = await Person.ByLinkAsync(app);
        var weak = new PasswordHasher<User>(
            Options.Create(new PasswordHasherOptions { CompatibilityMode = mode, IterationCount = 1000 })
        ).HashPassword(null!, Person.Password);
        await app.ReadAsync(db =>
            db.Credentials.Where(c => c.UserId == person.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.PasswordHash, weak))
        );

        (await person.TryPasswordAsync("not the password")).ShouldFail(401, "invalid_credentials");
        Assert.That((await app.FindUserAsync(person.Email))!.Credentials.PasswordHash, Is.EqualTo(weak));
        (await person.TryPasswordAsync()).ShouldSucceed();

        var strong = Convert.FromBase64String((await app.FindUserAsync(person.Email))!.Credentials.PasswordHash!);
        Assert.Multiple(() =>
        {
            // Identity's format 1: marker, pseudo-random function (2 is HMAC-SHA512), iterations, big-endian.
            Assert.That(strong[0], Is.EqualTo(1));
            Assert.That(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(strong.AsSpan(1)), Is.EqualTo(2));
            Assert.That(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(strong.AsSpan(5)), Is.GreaterThanOrEqualTo(210_000));
        });
        (await person.TryPasswordAsync()).ShouldSucceed();
        Assert.That(await person.Browser.IsSignedInAsync(), Is.True, "a new hash is not a new password");
    }

    [Test]
    [Category("threat-11")]
    public async Task SignIn_EndsTheBrowsersPreviousSession()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var thief = App.NewBrowser();
        thief.SessionCookie = person.Browser.SessionCookie;

        (await person.Browser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();

        Assert.That(await person.Browser.IsSignedInAsync(), Is.True);
        Assert.That(await thief.IsSignedInAsync(), Is.False);
    }

    [Test]
    public async Task SignIn_IgnoresTheCaseOfTheAddress()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var browser = App.NewBrowser();

        (
            await browser.PostAsync("/auth/sign-in", new { email = person.Email.ToUpperInvariant(), password = Person.Password })
        ).ShouldSucceed();
    }
}
