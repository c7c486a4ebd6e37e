using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

/// <summary>An incomplete registration blocks neither the address's owner nor an admin.</summary>
public sealed class UnverifiedRegistrationTests
{
    private TestApp app = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        admin = await app.RootAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase("signUp")]
    [TestCase("create")]
    [TestCase("invite")]
    [TestCase("import")]
    public async Task Change_TakesTheAddress_FromAnUnverifiedAccount(string createdBy)
    {
        using var person = await Person.ByLinkAsync(app);
        var newEmail = TestApp.NewEmail("new");
        var holder = await RegisterAsync(createdBy, newEmail);

        var answer = await ChangeAsync(person.Browser, newEmail);

        answer.ShouldSucceed(204);
        Assert.That((await app.FindUserAsync(newEmail))!.Id, Is.EqualTo(person.Id));
        Assert.That(await app.ReadAsync(db => db.Users.AnyAsync(u => u.Id == holder)), Is.False);
        var requestId = answer.Header("X-Request-Id");
        Assert.That(
            await app.ReadAsync(db =>
                db.AuditEntries.Where(e => e.RequestId == requestId && e.Action == "user.deleted").Select(e => e.TargetId).SingleAsync()
            ),
            Is.EqualTo(holder)
        );
    }

    [Test]
    public async Task Change_TakesTheAddress_WhenItIsRegisteredInBetween()
    {
        using var person = await Person.ByLinkAsync(app);
        var newEmail = TestApp.NewEmail("new");
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        var token = (await app.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token;
        await RegisterAsync("signUp", newEmail);

        (await person.Browser.PostAsync("/auth/email/change/confirm", new { token })).ShouldSucceed(204);
    }

    [TestCase("role")]
    [TestCase("banned")]
    [TestCase("verified")]
    public async Task Address_StaysWithItsAccount_WhenVerifiedOrManagedByAnAdmin(string because)
    {
        using var person = await Person.ByLinkAsync(app);
        var email = TestApp.NewEmail("kept");
        var holder = await RegisterAsync("signUp", email);
        _ = because switch
        {
            "role" => (await admin.PutAsync($"/admin/users/{holder}/roles", new { roles = new[] { "admin" } })).ShouldSucceed(),
            "banned" => (await admin.PostAsync($"/admin/users/{holder}/ban", new { reason = "Spam" })).ShouldSucceed(),
            _ => (
                await app.NewBrowser()
                    .PostAsync("/auth/email/verify", new { token = (await app.NewestMailAsync(email, Subjects.Verification)).Token })
            ).ShouldSucceed(204),
        };

        (await person.Browser.PostAsync("/auth/email/change", new { newEmail = email })).ShouldSucceed(202);
        Assert.That(await app.MailsToAsync(email, Subjects.ConfirmChange), Is.Empty);
        (await admin.PostAsync("/admin/users", new { email })).ShouldFail(409, "email_taken");
        (await admin.PatchAsync($"/admin/users/{person.Id}", new { email })).ShouldFail(409, "email_taken");
        Assert.That((int?)(await ImportAsync($"email\n{email}\n")).Data["skipped"], Is.EqualTo(1));
        Assert.That((await app.FindUserAsync(email))!.Id, Is.EqualTo(holder));
    }

    [TestCase("create")]
    [TestCase("import")]
    [TestCase("move")]
    public async Task Admin_TakesTheAddress_FromAnUnverifiedSignUp(string way)
    {
        var email = TestApp.NewEmail();
        var holder = await RegisterAsync("signUp", email);

        if (way == "import")
        {
            var dry = await ImportAsync($"email,name\n{email},Ada\n", dryRun: true);
            Assert.That((string?)dry.Data["rows"]![0]!["outcome"], Is.EqualTo("created"));
            Assert.That((await app.FindUserAsync(email))!.Id, Is.EqualTo(holder), "a dry run removes nothing");
            Assert.That((int?)(await ImportAsync($"email,name\n{email},Ada\n{email},Ada\n")).Data["created"], Is.EqualTo(1));
        }
        else if (way == "create")
        {
            (await admin.PostAsync("/admin/users", new { email, sendInvitation = true })).ShouldSucceed(201);
        }
        else
        {
            using var moved = await app.NewUserAsync();
            (await admin.PatchAsync($"/admin/users/{moved.UserId}", new { email })).ShouldSucceed();
        }

        Assert.That((await app.FindUserAsync(email))!.Id, Is.Not.EqualTo(holder));
        Assert.That(await app.ReadAsync(db => db.Users.AnyAsync(u => u.Id == holder)), Is.False);
    }

    [Test]
    public async Task Admin_CannotTakeTheAddress_WhenAnotherAdminAssignedIt([Values("create", "import")] string createdBy)
    {
        var email = TestApp.NewEmail();
        await RegisterAsync(createdBy, email);

        (await admin.PostAsync("/admin/users", new { email })).ShouldFail(409, "email_taken");
        Assert.That((int?)(await ImportAsync($"email\n{email}\n")).Data["skipped"], Is.EqualTo(1));
    }

    [Test]
    [Category("threat-45")]
    public async Task Change_StaysPending_WhenAnotherUserRequestsTheSameAddress()
    {
        using var person = await Person.ByLinkAsync(app);
        using var stranger = await Person.ByLinkAsync(app);
        var newEmail = TestApp.NewEmail("new");
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        var token = (await app.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token;
        (await stranger.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);

        (await person.Browser.PostAsync("/auth/email/change/confirm", new { token })).ShouldSucceed(204);
    }

    [TestCase("delete")]
    [TestCase("claim")]
    [TestCase("signUp")]
    [TestCase("reset")]
    [Category("threat-45")]
    public async Task Change_StaysPending_WhenARegistrationAtThatAddressChanges(string what)
    {
        using var person = await Person.ByLinkAsync(app);
        var newEmail = TestApp.NewEmail("new");
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        var token = (await app.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token;
        var holder = await RegisterAsync("signUp", newEmail);
        if (what == "delete")
        {
            (await admin.DeleteAsync($"/admin/users/{holder}")).ShouldSucceed(204);
        }
        else if (what == "claim")
        {
            (await admin.PatchAsync($"/admin/users/{holder}", new { emailVerified = true })).ShouldSucceed();
            (await admin.DeleteAsync($"/admin/users/{holder}")).ShouldSucceed(204);
        }
        else if (what == "reset")
        {
            (await app.NewBrowser().PostAsync("/auth/password/forgot", new { email = newEmail })).ShouldSucceed(202);
        }
        else
        {
            await RegisterAsync("signUp", newEmail);
        }

        (await person.Browser.PostAsync("/auth/email/change/confirm", new { token })).ShouldSucceed(204);
    }

    /// <summary>Creates an unverified account with the address and returns its ID.</summary>
    private async Task<string> RegisterAsync(string by, string email)
    {
        using var browser = app.NewBrowser();
        _ = by switch
        {
            "signUp" => (
                await browser.PostAsync(
                    "/auth/sign-up",
                    new
                    {
                        email,
                        password = Person.Password,
                        name = "Grace Hopper",
                    }
                )
            ).ShouldSucceed(202),
            "import" => await ImportAsync($"email\n{email}\n"),
            _ => (await admin.PostAsync("/admin/users", new { email, sendInvitation = by == "invite" })).ShouldSucceed(201),
        };
        return (await app.FindUserAsync(email))!.Id;
    }

    private async Task<Answer> ImportAsync(string csv, bool dryRun = false) =>
        (await admin.PostAsync($"/admin/users/import?dryRun={(dryRun ? "true" : "false")}", Wire.Body(csv, "text/csv"))).ShouldSucceed();

    private async Task<Answer> ChangeAsync(Browser browser, string newEmail)
    {
        (await browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        return await browser.PostAsync(
            "/auth/email/change/confirm",
            new { token = (await app.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token }
        );
    }
}
