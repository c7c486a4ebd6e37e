using System.Security.Cryptography;
using System.Text;
using Roundtable.Domain.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

public sealed class DeletionTests : AccountTests
{
    [Test]
    [Category("threat-12")]
    public async Task Delete_RemovesAllRowsOfTheUser_ExceptAuditEntries()
    {
        using var person = await PersonWithEverythingAsync();
        var elsewhere = await SignInTwiceAsync(person);
        string[] names =
        [
            person.Id,
            person.Email,
            person.Email.ToUpperInvariant(),
            Hash(person.Id),
            Hash(EmailAddress.Normalize(person.Email)),
        ];
        var before = await Files.FindAsync(App, names);
        var cookie = person.Browser.SessionCookie;

        var deleted = (await person.Browser.DeleteAsync("/users/me")).ShouldSucceed(204);
        await App.AllMailSentAsync();

        var after = await Files.FindAsync(App, names);
        Assert.Multiple(() =>
        {
            Assert.That(
                before.Select(c => c.Split('.')[0]).Distinct(),
                Is.SupersetOf(
                    new[]
                    {
                        "Users",
                        "UserProfiles",
                        "UserRoles",
                        "Credentials",
                        "Passkeys",
                        "RecoveryCodes",
                        "Sessions",
                        "OneTimeTokens",
                        "OutboxMails",
                        "Throttles",
                        "AuditEntries",
                    }
                )
            );
            Assert.That(after.Where(c => !c.StartsWith("AuditEntries.", StringComparison.Ordinal)), Is.Empty);
            Assert.That(after, Is.Not.Empty, "the audit log keeps its entries");
            Assert.That(deleted.Header("Set-Cookie"), Does.Contain("roundtable.session=;"));
        });
        Assert.That(await elsewhere.IsSignedInAsync(), Is.False);
        person.Browser.SessionCookie = cookie;
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That(await person.MailsAsync(Subjects.Deleted), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Delete_FreesTheAddress_AndANewAccountInheritsNothing()
    {
        using var person = await Person.WithPasswordAsync(App);
        var link = await person.Browser.AskForLinkAsync(App, person.Email);
        (await person.Browser.DeleteAsync("/users/me")).ShouldSucceed(204);
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        (await person.NewBrowser().PostAsync("/auth/magic-link/verify", new { token = link })).ShouldFail(400, "invalid_token");

        var again = await person.NewBrowser().SignInWithMailAsync(App, person.Email);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)again.Data["isNewUser"], Is.True);
            Assert.That((string?)again.Data["user"]!["id"], Is.Not.EqualTo(person.Id));
        });
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    public async Task Delete_IsRefused_WhenItIsTheLastAdmin()
    {
        await using var app = TestApp.Start();
        using var admin = await Person.ByLinkAsync(app, TestApp.AdminEmail);
        using var other = await Person.ByLinkAsync(app);

        (await admin.Browser.DeleteAsync("/users/me")).ShouldFail(409, "last_admin");
        Assert.That(await admin.Browser.IsSignedInAsync(), Is.True);
        Assert.That(await admin.MailsAsync(Subjects.Deleted), Is.Empty);

        (await admin.Browser.PutAsync($"/admin/users/{other.Id}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        var answers = await Task.WhenAll(admin.Browser.DeleteAsync("/users/me"), other.Browser.DeleteAsync("/users/me"));
        Assert.That(
            answers.Select(a => a.Status),
            Is.EquivalentTo(new[] { 204, 409 }),
            "one of two admins who delete themselves concurrently remains"
        );
    }

    [Test]
    public async Task Delete_SucceedsOnce_With10ParallelAttempts()
    {
        using var person = await Person.ByLinkAsync(App);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => person.Browser.DeleteAsync("/users/me")));

        Assert.That(answers.Count(a => a.Status == 204), Is.EqualTo(1));
        Assert.That(
            answers.Where(a => a.Status != 204).Select(a => (a.Status, a.Code)).Distinct(),
            Is.EqualTo(new[] { (401, (string?)"unauthenticated") })
        );
        Assert.That(await person.MailsAsync(Subjects.Deleted), Has.Count.EqualTo(1));
    }

    private async Task<Person> PersonWithEverythingAsync()
    {
        var person = await Person.WithPasswordAsync(App);
        await person.TurnOnTwoFactorAsync();
        var material = new PasskeyMaterial([1], 0, "internal", true, false, false, [2], [3]);
        await App.ReadAsync(async db =>
        {
            db.Passkeys.Add(
                Passkey.Create(
                    person.Id,
                    System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(person.Id)),
                    "Laptop",
                    material,
                    App.Now
                )
            );
            return await db.SaveChangesAsync();
        });
        (
            await person.Browser.PatchAsync(
                "/users/me",
                new
                {
                    name = "Ada",
                    bio = "Hello",
                    image = "https://example.com/ada.png",
                    locale = "en-GB",
                    timeZone = "Europe/London",
                }
            )
        ).ShouldSucceed();
        (await person.Browser.PostAsync("/auth/password/forgot", new { email = person.Email })).ShouldSucceed(202);
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail = TestApp.NewEmail("pending") })).ShouldSucceed(202);
        (await person.Browser.PostAsync("/auth/email/verification", new { email = person.Email })).ShouldSucceed(202);
        (await person.Browser.PostAsync("/auth/passkeys/registration/options")).ShouldSucceed();
        return person;
    }

    // One browser signed in and trusted, another at the second step.
    private static async Task<Browser> SignInTwiceAsync(Person person)
    {
        await person.HalfSignedInAsync();
        var browser = await person.HalfSignedInAsync();
        (
            await browser.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync(), trustBrowser = true })
        ).ShouldSucceed();
        return browser;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
