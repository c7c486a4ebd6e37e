using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

/// <summary>Credentials that an intruder added do not survive account recovery; the owner's do.</summary>
[Category("threat-34")]
public sealed class PlantedCredentialTests
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Undo_RemovesCredentialsAddedSinceTheRequest([Values] bool beforeTheConfirmation)
    {
        using var owner = await Person.ByLinkAsync(app);
        var thief = await owner.AtNewBrowserAsync(Person.OtherAgent);
        var theirs = TestApp.NewEmail("thief");
        (await thief.PostAsync("/auth/email/change", new { newEmail = theirs })).ShouldSucceed(202);
        if (beforeTheConfirmation)
        {
            // A password would cancel the pending change.
            await AddPasskeyAsync(owner.Id);
        }

        (
            await thief.PostAsync(
                "/auth/email/change/confirm",
                new { token = (await app.NewestMailAsync(theirs, Subjects.ConfirmChange)).Token }
            )
        ).ShouldSucceed(204);
        (await thief.PostAsync("/auth/password/change", new { newPassword = Person.Password })).ShouldSucceed(204);
        await AddPasskeyAsync(owner.Id);
        await TurnOnTwoFactorAsync(thief);

        await UndoAsync(owner);

        var left = await CredentialsAsync(owner.Id);
        Assert.Multiple(() =>
        {
            Assert.That(left.PasswordHash, Is.Null);
            Assert.That(left.Passkeys, Is.Empty);
            Assert.That(left.TwoFactorEnabled, Is.False);
            Assert.That(left.ProtectedTwoFactorSecret, Is.Null);
            Assert.That(left.RecoveryCodes, Is.Empty);
        });
        (await owner.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        Assert.That(await (await owner.AtNewBrowserAsync()).IsSignedInAsync(), Is.True, "no second factor of the thief is required");
    }

    [Test]
    public async Task Undo_KeepsEarlierCredentials()
    {
        using var owner = await Person.WithTwoFactorAsync(app, password: true);
        await AddPasskeyAsync(owner.Id);
        var before = await CredentialsAsync(owner.Id);
        await ChangeAsync(owner);

        await UndoAsync(owner);

        var left = await CredentialsAsync(owner.Id);
        Assert.Multiple(() =>
        {
            Assert.That(left.PasswordHash, Is.EqualTo(before.PasswordHash));
            Assert.That(left.Passkeys.Select(p => p.Id), Is.EqualTo(before.Passkeys.Select(p => p.Id)));
            Assert.That(left.TwoFactorEnabled, Is.True);
            Assert.That(left.ProtectedTwoFactorSecret, Is.EqualTo(before.ProtectedTwoFactorSecret));
            Assert.That(left.RecoveryCodes, Has.Count.EqualTo(10));
        });
    }

    [Test]
    public async Task Undo_RemovesOnlyRecoveryCodes_WhenOnlyTheyWereReplaced()
    {
        using var owner = await Person.WithTwoFactorAsync(app);
        await ChangeAsync(owner);
        var fresh = (
            await owner.Browser.PostAsync("/auth/two-factor/recovery-codes", new { code = await owner.NextCodeAsync() })
        ).ShouldSucceed();
        Assert.That(fresh.Data["codes"]!.AsArray(), Has.Count.EqualTo(10));

        await UndoAsync(owner);

        var left = await CredentialsAsync(owner.Id);
        Assert.That(left.TwoFactorEnabled, Is.True);
        Assert.That(left.RecoveryCodes, Is.Empty);
    }

    [TestCase("two-factor", Subjects.TwoFactorChanged, "user.twoFactorReset")]
    [TestCase("passkeys", Subjects.PasskeyChanged, "user.passkeysReset")]
    public async Task Admin_CanResetFactors_ThatAnIntruderAdded(string what, string subject, string action)
    {
        var admin = await app.RootAsync();
        using var owner = await Person.WithTwoFactorAsync(app);
        await AddPasskeyAsync(owner.Id);
        var half = await owner.HalfSignedInAsync();
        (await half.PostAsync("/auth/two-factor/verify", new { code = await owner.NextCodeAsync(), trustBrowser = true })).ShouldSucceed();

        var reset = (await admin.DeleteAsync($"/admin/users/{owner.Id}/{what}")).ShouldSucceed(204);

        var left = await CredentialsAsync(owner.Id);
        Assert.That(what == "passkeys" ? left.Passkeys.Count : left.RecoveryCodes.Count, Is.Zero);
        Assert.That(left.TwoFactorEnabled, Is.EqualTo(what == "passkeys"));
        Assert.That(left.Passkeys, Has.Count.EqualTo(what == "passkeys" ? 0 : 1), "resetting one keeps the other");
        Assert.That(await owner.Browser.IsSignedInAsync() || await half.IsSignedInAsync(), Is.False);
        Assert.That((await app.NewestMailAsync(owner.Email, subject)).Text, Does.Contain("administrator"));
        var requestId = reset.Header("X-Request-Id");
        var entry = await app.ReadAsync(db =>
            db.AuditEntries.AsNoTracking().SingleAsync(e => e.RequestId == requestId && e.Action == action)
        );
        Assert.That((entry.TargetId, entry.ActorId == null), Is.EqualTo((owner.Id, false)));
        (await admin.DeleteAsync($"/admin/users/{owner.Id}/{what}")).ShouldSucceed(204);
        Assert.That(
            await owner.MailsAsync(subject),
            Has.Count.EqualTo(what == "passkeys" ? 1 : 2),
            "nothing was removed the second time, so no mail is sent"
        );
    }

    [TestCase("two-factor")]
    [TestCase("passkeys")]
    public async Task Reset_IsRefused_WithoutPermissionOnTheUser(string what)
    {
        using var staff = await app.NewStaffAsync("users:reset-factors");
        using var other = await app.NewStaffAsync("users:read", "users:update", "users:set-password");
        using var admin = await app.NewAdminAsync();
        using var owner = await Person.WithTwoFactorAsync(app);

        (await staff.DeleteAsync($"/admin/users/{staff.UserId}/{what}")).ShouldFail(409, "not_on_yourself");
        (await staff.DeleteAsync($"/admin/users/{admin.UserId}/{what}")).ShouldFail(403, "forbidden");
        (await other.DeleteAsync($"/admin/users/{owner.Id}/{what}")).ShouldFail(403, "forbidden");
        (await staff.DeleteAsync($"/admin/users/{new string('0', 32)}/{what}")).ShouldFail(404, "not_found");
        (await staff.DeleteAsync($"/admin/users/{owner.Id}/{what}")).ShouldSucceed(204);
        await app.RunSqlAsync($"UPDATE Sessions SET AuthenticatedAtUtc = {app.Now.AddDays(-2)} WHERE UserId = {staff.UserId}");
        (await staff.DeleteAsync($"/admin/users/{owner.Id}/{what}")).ShouldFail(403, "session_not_fresh");
    }

    [Test]
    public async Task SecondFactor_CannotBeChanged_WithoutACode()
    {
        using var owner = await Person.WithTwoFactorAsync(app);
        foreach (
            var (method, path) in ((HttpMethod, string)[])
                [(HttpMethod.Delete, "/auth/two-factor"), (HttpMethod.Post, "/auth/two-factor/recovery-codes")]
        )
        {
            (await owner.Browser.SendAsync(method, path)).ShouldFail(403, "two_factor_required");
            (await owner.Browser.SendAsync(method, path, "{}")).ShouldFail(403, "two_factor_required");
            (await owner.Browser.SendAsync(method, path, new { code = owner.WrongCode() })).ShouldFail(401, "invalid_credentials");
            (await owner.Browser.SendAsync(method, path, new { recoveryCode = "7K2M-9QXT-4W1N-8ZCR" })).ShouldFail(
                401,
                "invalid_credentials"
            );
            (await owner.Browser.SendAsync(method, path, new { code = owner.Code() })).ShouldFail(401, "invalid_credentials");
        }

        Assert.That((await CredentialsAsync(owner.Id)).RecoveryCodes, Has.Count.EqualTo(10), "a used code is refused, and nothing changed");
        (
            await owner.Browser.SendAsync(HttpMethod.Post, "/auth/two-factor/recovery-codes", new { code = await owner.NextCodeAsync() })
        ).ShouldSucceed();
        (await owner.Browser.SendAsync(HttpMethod.Delete, "/auth/two-factor", new { recoveryCode = owner.RecoveryCodes[0] })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await owner.Browser.SendAsync(HttpMethod.Delete, "/auth/two-factor", new { code = await owner.NextCodeAsync() })).ShouldSucceed(
            204
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    [TestCase(null)]
    public async Task PasswordReset_CanRemovePasskeys(bool? removePasskeys)
    {
        using var owner = await Person.WithPasswordAsync(app);
        await AddPasskeyAsync(owner.Id);
        (await owner.Browser.PostAsync("/auth/password/forgot", new { email = owner.Email })).ShouldSucceed(202);
        var token = (await app.NewestMailAsync(owner.Email, Subjects.PasswordReset)).Token;

        var body = removePasskeys is { } remove
            ? (object)
                new
                {
                    token,
                    newPassword = Person.NewPassword,
                    removePasskeys = remove,
                }
            : new { token, newPassword = Person.NewPassword };
        (await owner.Browser.PostAsync("/auth/password/reset", body)).ShouldSucceed(204);

        Assert.That((await CredentialsAsync(owner.Id)).Passkeys, Has.Count.EqualTo(removePasskeys == true ? 0 : 1));
    }

    [Test]
    [Category("threat-34")]
    public async Task PasswordReset_CanRemoveLogins([Values] bool removeLogins)
    {
        using var owner = await Person.WithPasswordAsync(app);
        await app.ArrangeAsync(db =>
        {
            db.UserLogins.Add(UserLogin.Connect(owner.Id, "github", owner.Id, null, EntityId.New(app.Now), app.Now));
            return Task.CompletedTask;
        });
        (await owner.Browser.PostAsync("/auth/password/forgot", new { email = owner.Email })).ShouldSucceed(202);
        var token = (await app.NewestMailAsync(owner.Email, Subjects.PasswordReset)).Token;
        (
            await owner.Browser.PostAsync(
                "/auth/password/reset",
                new
                {
                    token,
                    newPassword = Person.NewPassword,
                    removeLogins,
                }
            )
        ).ShouldSucceed(204);
        Assert.That(await app.ReadAsync(db => db.UserLogins.CountAsync(l => l.UserId == owner.Id)), Is.EqualTo(removeLogins ? 0 : 1));
    }

    private Task<Credentials> CredentialsAsync(string id) =>
        app.ReadAsync(db =>
            db.Credentials.AsNoTracking().Include(c => c.Passkeys).Include(c => c.RecoveryCodes).SingleAsync(c => c.UserId == id)
        );

    private Task AddPasskeyAsync(string id) =>
        app.ArrangeAsync(async db =>
        {
            var credentials = await db.Credentials.Include(c => c.Passkeys).SingleAsync(c => c.UserId == id);
            credentials.AddPasskey(
                Passkey.Create(
                    id,
                    Guid.NewGuid().ToString("N"),
                    "Key",
                    new PasskeyMaterial([1], 0, "", true, false, false, [], []),
                    app.Now
                )
            );
        });

    private async Task TurnOnTwoFactorAsync(Browser browser)
    {
        var secret = (string)(await browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;
        var code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(app.Now);
        (await browser.PostAsync("/auth/two-factor/confirm", new { code })).ShouldSucceed();
    }

    private async Task ChangeAsync(Person person)
    {
        var newEmail = TestApp.NewEmail("new");
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        (
            await person.Browser.PostAsync(
                "/auth/email/change/confirm",
                new { token = (await app.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token }
            )
        ).ShouldSucceed(204);
    }

    private async Task UndoAsync(Person person) =>
        (
            await app.NewBrowser()
                .PostAsync(
                    "/auth/email/change/undo",
                    new { token = (await app.NewestMailAsync(person.Email, Subjects.EmailChanged)).Token }
                )
        ).ShouldSucceed(204);
}
