using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

[Category(Databases.OnServer)]
public sealed class SignUpTests : AccountTests
{
    [Test]
    public async Task SignUp_MailsVerificationLink_WhenAddressIsNew()
    {
        using var person = await Person.UnverifiedAsync(App);

        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        var mail = await App.NewestMailAsync(person.Email, Subjects.Verification);
        Assert.That(mail.Text, Does.Contain("/verify-email#token="));

        var verified = await person.Browser.PostAsync("/auth/email/verify", new { token = mail.Token });
        Assert.Multiple(() =>
        {
            Assert.That(verified.Status, Is.EqualTo(204));
            Assert.That(verified.Header("Set-Cookie"), Is.Empty, "verification does not sign in");
        });
        var signedIn = (await person.TryPasswordAsync()).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)signedIn.Data["user"]!["name"], Is.EqualTo("Grace Hopper"));
            Assert.That((bool?)signedIn.Data["user"]!["emailVerified"], Is.True);
            Assert.That(signedIn.Data["user"]!["roles"]!.AsArray().Select(r => (string?)r), Is.EqualTo(new[] { "user" }));
        });
    }

    [Test]
    [Category("threat-20")]
    public async Task SignUp_ReturnsTheSameResponseAndNotifiesTheOwner_WhenAddressIsTaken()
    {
        using var verified = await Person.ByLinkAsync(App);
        using var unverified = await Person.UnverifiedAsync(App);
        using var browser = App.NewBrowser();

        var responses = new List<string>();
        foreach (var email in (string[])[TestApp.NewEmail(), verified.Email, unverified.Email, verified.Email.ToUpperInvariant()])
        {
            responses.Add((await SignUpAsync(browser, email, "their own password")).ShouldSucceed(202).Comparable());
        }

        var mails = await verified.MailsAsync(Subjects.AccountExists);
        var hint = await unverified.MailsAsync();
        var still = (await App.FindUserAsync(unverified.Email))!.Id;
        Assert.Multiple(() =>
        {
            Assert.That(responses.Distinct().Count(), Is.EqualTo(1), string.Join("\n", responses));
            Assert.That(mails, Has.Count.EqualTo(2));
            Assert.That(mails[0].Text, Does.Not.Contain("#token="));
            Assert.That(
                hint.Select(m => m.Subject),
                Is.EqualTo(new[] { Subjects.Verification, Subjects.Verification }),
                "the address is unverified, so the newest sign-up applies"
            );
            Assert.That(still, Is.EqualTo(unverified.Id));
        });
        (await verified.TryPasswordAsync("their own password")).ShouldFail(401, "invalid_credentials");
    }

    [TestCase("ninechars", 400)]
    [TestCase("tenlettrs!", 202)]
    [TestCase("", 400)]
    [TestCase("1234567890", 400)]
    [TestCase("QWERTYUIOP", 400)]
    [TestCase("zzzzzzzzzzzz", 400)]
    [TestCase("Wilhelmina Ford", 400)]
    [TestCase("wilhelminaford", 400)]
    [TestCase("only lower case letters", 202)]
    [TestCase("pässwörter mit ümlauten", 202)]
    public async Task SignUp_ChecksPasswordLengthAndCommonPasswords_WithoutCompositionRules(string password, int status)
    {
        using var browser = App.NewBrowser();

        var answer = await SignUpAsync(browser, TestApp.NewEmail(), password, "Wilhelmina Ford");

        ShouldBe(answer, status);
    }

    [TestCase(128, 202)]
    [TestCase(129, 400)]
    [TestCase(1024, 400)]
    [TestCase(1025, 400)]
    public async Task SignUp_LimitsPasswordLength(int length, int status)
    {
        using var browser = App.NewBrowser();

        var answer = await SignUpAsync(browser, TestApp.NewEmail(), new string('x', length - 1) + "y");

        ShouldBe(answer, status);
    }

    [Test]
    public async Task SignUp_RefusesPassword_WhenItIsTheAddress([Values] bool localPartOnly, [Values] bool taken)
    {
        using var browser = App.NewBrowser();
        var email = TestApp.NewEmail();
        using var owner = taken ? await Person.ByLinkAsync(App, email) : null;

        var answer = await SignUpAsync(
            browser,
            email,
            (localPartOnly ? email[..email.IndexOf('@', StringComparison.Ordinal)] : email).ToUpperInvariant()
        );

        ShouldBe(answer, 400);
    }

    [Test]
    [Category("threat-21")]
    public async Task SignUp_CreatesOneAccount_With8ParallelAttemptsInDifferentCase()
    {
        using var browser = App.NewBrowser();
        var email = TestApp.NewEmail();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => SignUpAsync(browser, i % 2 == 0 ? email : email.ToUpperInvariant(), Person.Password))
        );

        Assert.That(answers.Select(a => a.Comparable()).Distinct().Count(), Is.EqualTo(1));
        Assert.That(answers[0].Status, Is.EqualTo(202), answers[0].Text);
        var normalized = EmailAddress.Normalize(email);
        Assert.That(await App.ReadAsync(db => db.Users.CountAsync(u => u.NormalizedEmail == normalized)), Is.EqualTo(1));
        Assert.That(await App.MailsToAsync(email, Subjects.Verification), Has.Count.InRange(1, 5));
    }

    [Test]
    [Category("threat-13")]
    public async Task SignUp_IsRefused_WhenBodyHasUnknownMembers(
        [Values("emailVerified", "roles", "role", "banned", "id", "userId")] string member
    )
    {
        using var browser = App.NewBrowser();
        var email = TestApp.NewEmail();

        var answer = await browser.PostAsync(
            "/auth/sign-up",
            $$"""{ "email": "{{email}}", "password": "{{Person.Password}}", "name": "Grace", "{{member}}": true }"""
        );

        answer.ShouldFail(400, "validation_failed");
        Assert.That(await App.FindUserAsync(email), Is.Null);
    }

    [TestCase("""{ "email": "a@example.com", "password": "violet stapler fountain" }""")]
    [TestCase("""{ "email": "a@example.com", "name": "Grace" }""")]
    [TestCase("""{ "email": "a@example.com, b@example.com", "password": "violet stapler fountain", "name": "Grace" }""")]
    [TestCase("""{ "email": "a@example.com", "password": "violet stapler fountain", "name": "  " }""")]
    [TestCase("""{ "email": "a@example.com", "password": null, "name": "Grace" }""")]
    [TestCase("""{ "email": ["a@example.com"], "password": "violet stapler fountain", "name": "Grace" }""")]
    public async Task SignUp_IsRefused_WhenBodyIsIncomplete(string body)
    {
        using var browser = App.NewBrowser();

        (await browser.PostAsync("/auth/sign-up", body)).ShouldFail(400, "validation_failed");
    }

    private static Task<Answer> SignUpAsync(Browser browser, string email, string password, string name = "Grace Hopper") =>
        browser.PostAsync(
            "/auth/sign-up",
            new
            {
                email,
                password,
                name,
            }
        );

    private static void ShouldBe(Answer answer, int status)
    {
        if (status == 202)
        {
            answer.ShouldSucceed(202);
        }
        else
        {
            answer.ShouldFail(400, "validation_failed");
            Assert.That(answer.Json["errors"]!["password"]!.AsArray(), Is.Not.Empty, answer.Text);
        }
    }
}
