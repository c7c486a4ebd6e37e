using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Administration;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

/// <summary>A password set by one person never becomes valid through what another person proves or decides.</summary>
[Category("threat-31")]
public sealed class PresetCredentialTests
{
    private const int AdminEmailCount = 8;

    private TestApp app = null!;
    private Browser admin = null!;
    private int adminEmails;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start([
            ("Auth:AdminEmails:0", TestApp.AdminEmail),
            .. Enumerable.Range(1, AdminEmailCount).Select(i => ($"Auth:AdminEmails:{i}", (string?)AdminEmail(i))),
        ]);
        admin = app.NewBrowser();
        await admin.SignInWithMailAsync(app, TestApp.AdminEmail);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await app.DisposeAsync();
    }

    public static IEnumerable<string> Proofs =>
        [
            "link",
            "verify",
            "verifyWithWrongPassword",
            "verifyAgainAfterSignIn",
            "reset",
            "adminVerifies",
            "adminMovesAndVerifies",
            "adminReplaces",
            "import",
            "createAdmin",
            "createAdminAndVerify",
        ];

    [TestCaseSource(nameof(Proofs))]
    public async Task PasswordSetByAStranger_CannotSignIn_AfterTheAddressIsVerified(string by)
    {
        using var stranger = await Person.UnverifiedAsync(app);
        using var owner = app.NewBrowser(Person.OtherAgent);

        var email = await ProveAsync(by, stranger, owner);

        var user = (await app.FindUserAsync(email))!;
        Assert.That(user.EmailVerified, Is.True, by);
        (await stranger.Browser.PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await stranger.Browser.PostAsync("/auth/email/verification", new { email })).ShouldSucceed(202);
        Assert.That(await stranger.Browser.IsSignedInAsync(), Is.False);
        Assert.That((await owner.SignInWithMailAsync(app, email)).IdOf(), Is.EqualTo(user.Id), "the owner signs in by link");
    }

    [TestCase("browser")]
    [TestCase("password")]
    public async Task PasswordOfTheSignUp_IsKept_WhenTheSameBrowserConfirms(string shownBy)
    {
        using var person = await Person.UnverifiedAsync(app);
        var token = await VerificationAsync(person.Email);
        var browser = shownBy == "browser" ? person.Browser : person.NewBrowser();

        var answer = (
            await browser.PostAsync("/auth/email/verify", new { token, password = shownBy == "password" ? Person.Password : null })
        ).ShouldSucceed(204);

        Assert.That(answer.Header("Link"), Is.Empty);
        (await person.TryPasswordAsync()).ShouldSucceed();
    }

    [Test]
    public async Task Verify_PointsToSignIn_WhenThePasswordIsRemoved()
    {
        using var stranger = await Person.UnverifiedAsync(app);
        using var owner = app.NewBrowser();

        var answer = (await owner.PostAsync("/auth/email/verify", new { token = await VerificationAsync(stranger.Email) })).ShouldSucceed(
            204
        );

        Assert.That(answer.Header("Link"), Does.EndWith("/sign-in>; rel=\"next\""));
        var claimed = await app.ReadAsync(db => db.AuditEntries.CountAsync(e => e.Action == "user.claimed" && e.TargetId == stranger.Id));
        Assert.That(claimed, Is.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task NewestSignUp_IsUsed_OnlyInItsOwnBrowser(bool ownerIsLast)
    {
        var email = TestApp.NewEmail();
        using var stranger = app.NewBrowser();
        using var owner = app.NewBrowser();
        Task<Answer> OwnersAsync() => SignUpAsync(owner, email, Person.NewPassword);
        Task<Answer> StrangersAsync() => SignUpAsync(stranger, email, Person.Password);
        (await (ownerIsLast ? StrangersAsync() : OwnersAsync())).ShouldSucceed(202);
        (await (ownerIsLast ? OwnersAsync() : StrangersAsync())).ShouldSucceed(202);

        (await owner.PostAsync("/auth/email/verify", new { token = await VerificationAsync(email) })).ShouldSucceed(204);

        (await stranger.PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldFail(401, "invalid_credentials");
        var owners = await owner.PostAsync("/auth/sign-in", new { email, password = Person.NewPassword });
        Assert.That(owners.Status, Is.EqualTo(ownerIsLast ? 200 : 401), owners.Text);
    }

    [Test]
    public async Task AdminEmail_DoesNotPromoteAStranger_WhenItsOwnerConfirmsTheSignUp()
    {
        using var stranger = await Person.UnverifiedAsync(app, NextAdminEmail());
        using var owner = app.NewBrowser();
        (await owner.PostAsync("/auth/email/verify", new { token = await VerificationAsync(stranger.Email) })).ShouldSucceed(204);

        (await stranger.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");

        Assert.That(RolesOf(await owner.SignInWithMailAsync(app, stranger.Email)), Does.Contain("admin"));
    }

    [Test]
    public async Task AdminEmail_GrantsTheRole_WhenTheOwnerSignedUpAndConfirmed()
    {
        using var owner = await Person.UnverifiedAsync(app, NextAdminEmail());
        (await owner.Browser.PostAsync("/auth/email/verify", new { token = await VerificationAsync(owner.Email) })).ShouldSucceed(204);

        Assert.That(RolesOf((await owner.TryPasswordAsync()).ShouldSucceed()), Does.Contain("admin"));
    }

    [TestCase("import")]
    [TestCase("create")]
    public async Task AdminEmail_RemovesCredentialsSetByStaff_WhenItsOwnerSignsInByLink(string by)
    {
        var email = NextAdminEmail();
        var id = await CreateWithPasswordAsync(by, email);
        using var staff = app.NewBrowser();
        var signedIn = await staff.PostAsync("/auth/sign-in", new { email, password = Person.Password });
        Assert.That(
            signedIn.Status == 200 ? RolesOf(signedIn) : [],
            Does.Not.Contain("admin"),
            "the user who set the password is not the owner"
        );
        await AddAttackersCredentialsAsync(id);

        using var owner = app.NewBrowser(Person.OtherAgent);
        var answer = await owner.SignInWithMailAsync(app, email);

        Assert.That(RolesOf(answer), Does.Contain("admin"), "no second factor set by others is required");
        Assert.That(await staff.IsSignedInAsync(), Is.False);
        (await staff.PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldFail(401, "invalid_credentials");
        Assert.That((await owner.GetAsync("/passkeys")).Items, Is.Empty);
    }

    [Test]
    public async Task AdminEmail_DoesNotPromoteAnAccount_MovedToItByAThief()
    {
        using var thief = await Person.WithPasswordAsync(app);
        var email = NextAdminEmail();
        (await thief.Browser.PostAsync("/auth/email/change", new { newEmail = email })).ShouldSucceed(202);
        using var owner = app.NewBrowser(Person.OtherAgent);
        (
            await owner.PostAsync(
                "/auth/email/change/confirm",
                new { token = (await app.NewestMailAsync(email, Subjects.ConfirmChange)).Token }
            )
        ).ShouldSucceed(204);

        var again = (await thief.NewBrowser().PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldSucceed();
        Assert.That(RolesOf(again), Does.Not.Contain("admin"));

        Assert.That(RolesOf(await owner.SignInWithMailAsync(app, email)), Does.Contain("admin"));
        Assert.That(await thief.Browser.IsSignedInAsync(), Is.False);
        (await thief.NewBrowser().PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldFail(
            401,
            "invalid_credentials"
        );
    }

    [Test]
    public async Task AdminEmail_KeepsItsCredentials_OnceAnAdminChangedItsRoles()
    {
        using var owner = await Person.ByLinkAsync(app, NextAdminEmail());
        await owner.TurnOnTwoFactorAsync();
        (await admin.PutAsync($"/admin/users/{owner.Id}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        (await admin.PutAsync($"/admin/users/{owner.Id}/password", new { password = Person.Password })).ShouldSucceed(204);

        var half = await owner.HalfSignedInAsync();

        var answer = (await half.PostAsync("/auth/two-factor/verify", new { code = await owner.NextCodeAsync() })).ShouldSucceed();
        Assert.That(
            RolesOf(answer),
            Does.Not.Contain("admin"),
            "a demotion persists, and proof of the mailbox does not remove a second factor"
        );
    }

    [Test]
    public async Task CreateAdmin_RemovesCredentialsSetByOthers_OnThePromotedAccount([Values("import", "create")] string by)
    {
        var email = TestApp.NewEmail();
        var id = await CreateWithPasswordAsync(by, email);
        await AddAttackersCredentialsAsync(id);

        await CreateAdminAsync(email);

        using var staff = app.NewBrowser();
        (await staff.PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldFail(401, "invalid_credentials");
        Assert.That(await app.ReadAsync(db => db.Passkeys.AnyAsync(p => p.UserId == id)), Is.False);
    }

    private async Task<string> ProveAsync(string by, Person stranger, Browser owner)
    {
        var email = stranger.Email;
        switch (by)
        {
            case "link":
                await owner.SignInWithMailAsync(app, email);
                break;
            case "verify":
                (await owner.PostAsync("/auth/email/verify", new { token = await VerificationAsync(email) })).ShouldSucceed(204);
                break;
            case "verifyWithWrongPassword":
                (
                    await owner.PostAsync(
                        "/auth/email/verify",
                        new { token = await VerificationAsync(email), password = Person.NewPassword }
                    )
                ).ShouldSucceed(204);
                break;
            case "verifyAgainAfterSignIn":
                // A correct password on an unverified account sends another link.
                (await stranger.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
                (await owner.PostAsync("/auth/email/verify", new { token = await VerificationAsync(email) })).ShouldSucceed(204);
                break;
            case "reset":
                (await owner.PostAsync("/auth/password/forgot", new { email })).ShouldSucceed(202);
                var token = (await app.NewestMailAsync(email, Subjects.PasswordReset)).Token;
                (await owner.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);
                break;
            case "adminVerifies":
                (await admin.PatchAsync($"/admin/users/{stranger.Id}", new { emailVerified = true })).ShouldSucceed();
                break;
            case "adminMovesAndVerifies":
                email = TestApp.NewEmail();
                (await admin.PatchAsync($"/admin/users/{stranger.Id}", new { email, emailVerified = true })).ShouldSucceed();
                break;
            case "adminReplaces":
                (await admin.PostAsync("/admin/users", new { email })).ShouldSucceed(201);
                await owner.SignInWithMailAsync(app, email);
                break;
            case "import":
                await ImportAsync($"email,emailVerified\n{email},true\n");
                break;
            case "createAdmin":
                (await owner.PostAsync("/auth/magic-link/verify", new { token = await CreateAdminAsync(email) })).ShouldSucceed();
                break;
            case "createAdminAndVerify":
                var early = await VerificationAsync(email);
                await CreateAdminAsync(email);
                (await owner.PostAsync("/auth/email/verify", new { token = early })).ShouldFail(400, "invalid_token");
                (await stranger.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
                await owner.SignInWithMailAsync(app, email);
                break;
        }

        return email;
    }

    private async Task<string> CreateAdminAsync(string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var link = (await scope.ServiceProvider.GetRequiredService<AdminBootstrap>().CreateAsync(People.Parse(email), null, default)).Value;
        return link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
    }

    private async Task<string> CreateWithPasswordAsync(string by, string email)
    {
        if (by == "import")
        {
            await ImportAsync(
                $"email,emailVerified,passwordHash\n{email},true,{new PasswordHasher<object>().HashPassword(email, Person.Password)}\n"
            );
        }
        else
        {
            (await admin.PostAsync("/admin/users", new { email, password = Person.Password })).ShouldSucceed(201);
        }

        return (await app.FindUserAsync(email))!.Id;
    }

    private async Task ImportAsync(string csv)
    {
        var report = (await admin.PostAsync("/admin/users/import", Wire.Body(csv, "text/csv"))).ShouldSucceed();
        Assert.That((int?)report.Data["created"], Is.EqualTo(1), report.Text);
    }

    /// <summary>Adds what an attacker with the password could have added: a second factor and a passkey.</summary>
    private Task AddAttackersCredentialsAsync(string id) =>
        app.ArrangeAsync(async db =>
        {
            var credentials = await db.Credentials.Include(c => c.Passkeys).Include(c => c.RecoveryCodes).SingleAsync(c => c.UserId == id);
            credentials.PrepareTwoFactor("secret");
            credentials.EnableTwoFactor([new string('a', 64)], EntityId.New(app.Now));
            credentials.AddPasskey(
                Passkey.Create(
                    id,
                    Guid.NewGuid().ToString("N"),
                    "Planted",
                    new PasskeyMaterial([1], 0, "", true, false, false, [], []),
                    app.Now
                )
            );
        });

    private static Task<Answer> SignUpAsync(Browser browser, string email, string password) =>
        browser.PostAsync(
            "/auth/sign-up",
            new
            {
                email,
                password,
                name = "Grace Hopper",
            }
        );

    private async Task<string> VerificationAsync(string email) => (await app.NewestMailAsync(email, Subjects.Verification)).Token;

    private static IEnumerable<string?> RolesOf(Answer signedIn) => signedIn.Data["user"]!["roles"]!.AsArray().Select(r => (string?)r);

    private string NextAdminEmail() => AdminEmail(++adminEmails);

    private static string AdminEmail(int number) => $"adminEmails{number}@example.com";
}
