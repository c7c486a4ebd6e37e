using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

/// <summary>An attacker had access to the account before or beside its rightful owner. In the end only the owner has.</summary>
public sealed class PreHijackTests : AccountTests
{
    [Test]
    [Category("threat-2")]
    public async Task FirstLink_RemovesCredentials_WhenAStrangerHadSignedUp()
    {
        using var attacker = await Person.UnverifiedAsync(App);
        var verification = (await App.NewestMailAsync(attacker.Email, Subjects.Verification)).Token;

        using var owner = await Person.ByLinkAsync(App, attacker.Email);

        Assert.That(owner.Id, Is.EqualTo(attacker.Id));
        (await attacker.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        (await attacker.Browser.PostAsync("/auth/email/verify", new { token = verification })).ShouldFail(400, "invalid_token");
        Assert.That((await App.FindUserAsync(owner.Email))!.Credentials.PasswordHash, Is.Null);
        var activity = (await owner.Browser.GetAsync("/users/me/activity?limit=100")).Items.Select(e => (string?)e["action"]);
        Assert.That(activity, Does.Contain("user.claimed"));
    }

    [TestCase("link")]
    [TestCase("reset")]
    [Category("threat-2")]
    public async Task FirstProofOfTheAddress_RevokesAllAccess_WhenAccountWasNeverVerified(string by)
    {
        // No endpoint signs an unverified account in. If one ever does, or the rules change, the account would hold this.
        using var attacker = await Person.WithTwoFactorAsync(App, password: true);
        var elsewhere = TestApp.NewEmail("attacker");
        (await attacker.Browser.PostAsync("/auth/email/change", new { newEmail = elsewhere })).ShouldSucceed(202);
        var trusted = await attacker.HalfSignedInAsync();
        (
            await trusted.PostAsync("/auth/two-factor/verify", new { code = await attacker.NextCodeAsync(), trustBrowser = true })
        ).ShouldSucceed();
        var half = await attacker.HalfSignedInAsync();
        await App.ReadAsync(db =>
            db.Users.Where(u => u.Id == attacker.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.EmailVerified, false))
        );

        using var owner = new Person(App, attacker.Email);
        if (by == "link")
        {
            await owner.Browser.SignInWithMailAsync(App, owner.Email);
        }
        else
        {
            (await owner.Browser.PostAsync("/auth/password/forgot", new { email = owner.Email })).ShouldSucceed(202);
            var token = (await App.NewestMailAsync(owner.Email, Subjects.PasswordReset)).Token;
            (await owner.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);
            (await owner.Browser.PostAsync("/auth/sign-in", new { email = owner.Email, password = Person.NewPassword })).ShouldSucceed();
        }

        Assert.That(await owner.Browser.IsSignedInAsync(), Is.True, "no second factor of the attacker is required");
        Assert.That(await attacker.Browser.IsSignedInAsync(), Is.False);
        Assert.That(await trusted.IsSignedInAsync(), Is.False);
        (await half.PostAsync("/auth/two-factor/verify", new { code = await attacker.NextCodeAsync() })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await half.PostAsync("/auth/two-factor/verify", new { recoveryCode = attacker.RecoveryCodes[0] })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await attacker.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        var confirm = (await App.NewestMailAsync(elsewhere, Subjects.ConfirmChange)).Token;
        (await attacker.Browser.PostAsync("/auth/email/change/confirm", new { token = confirm })).ShouldFail(400, "invalid_token");
        var left = (await App.FindUserAsync(owner.Email))!;
        Assert.Multiple(() =>
        {
            Assert.That(left.Id, Is.EqualTo(attacker.Id));
            Assert.That(left.Credentials.TwoFactorEnabled, Is.False);
            Assert.That(left.Credentials.ProtectedTwoFactorSecret, Is.Null);
            Assert.That(left.Credentials.PasswordHash is null, Is.EqualTo(by == "link"));
        });
        var sessions = (await owner.Browser.GetAsync("/sessions")).Items;
        Assert.That(sessions, Has.Count.EqualTo(1));
    }

    [Test]
    [Category("threat-3")]
    public async Task Reset_RevokesAThiefsAccess_AndKeepsTheOwners()
    {
        using var owner = await Person.WithPasswordAsync(App);
        // The thief knows the password and has a session, a pending change to their address and unused links.
        var thief = owner.NewBrowser(Person.OtherAgent);
        (await thief.PostAsync("/auth/sign-in", new { email = owner.Email, password = Person.Password })).ShouldSucceed();
        var theirs = TestApp.NewEmail("thief");
        (await thief.PostAsync("/auth/email/change", new { newEmail = theirs })).ShouldSucceed(202);
        var confirm = (await App.NewestMailAsync(theirs, Subjects.ConfirmChange)).Token;

        (await owner.Browser.PostAsync("/auth/password/forgot", new { email = owner.Email })).ShouldSucceed(202);
        var token = (await App.NewestMailAsync(owner.Email, Subjects.PasswordReset)).Token;
        (await owner.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);

        Assert.That(await thief.IsSignedInAsync(), Is.False);
        (await thief.PostAsync("/auth/email/change/confirm", new { token = confirm })).ShouldFail(400, "invalid_token");
        (await owner.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        (await owner.TryPasswordAsync(Person.NewPassword)).ShouldSucceed();
        Assert.That(await App.FindUserAsync(theirs), Is.Null);
    }

    [Test]
    [Category("threat-3")]
    public async Task EmailChange_RevokesAThiefsAccess_AndKeepsTheOwners()
    {
        using var owner = await Person.WithPasswordAsync(App);
        var thief = owner.NewBrowser(Person.OtherAgent);
        (await thief.PostAsync("/auth/sign-in", new { email = owner.Email, password = Person.Password })).ShouldSucceed();
        var (theirs, safe) = (TestApp.NewEmail("thief"), TestApp.NewEmail("safe"));
        (await thief.PostAsync("/auth/email/change", new { newEmail = theirs })).ShouldSucceed(202);
        (await owner.Browser.PostAsync("/auth/email/change", new { newEmail = safe })).ShouldSucceed(202);
        var token = (await App.NewestMailAsync(safe, Subjects.ConfirmChange)).Token;

        (await owner.Browser.PostAsync("/auth/email/change/confirm", new { token })).ShouldSucceed(204);

        Assert.That(await thief.IsSignedInAsync(), Is.False);
        Assert.That(await owner.Browser.IsSignedInAsync(), Is.True);
        var confirm = (await App.NewestMailAsync(theirs, Subjects.ConfirmChange)).Token;
        (await thief.PostAsync("/auth/email/change/confirm", new { token = confirm })).ShouldFail(400, "invalid_token");
        Assert.That((await App.FindUserAsync(safe))!.Id, Is.EqualTo(owner.Id));
    }

    [Test]
    [Category("threat-25")]
    public async Task Undo_Works_AfterAThiefChangedAddressAgainAndSetAPassword()
    {
        using var owner = await Person.ByLinkAsync(App);
        var thief = await owner.AtNewBrowserAsync(Person.OtherAgent);
        var (first, second) = (TestApp.NewEmail("thief"), TestApp.NewEmail("thief"));
        foreach (var newEmail in (string[])[first, second])
        {
            (await thief.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
            var confirm = (await App.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token;
            (await thief.PostAsync("/auth/email/change/confirm", new { token = confirm })).ShouldSucceed(204);
        }

        (await thief.PostAsync("/auth/password/change", new { newPassword = Person.Password })).ShouldSucceed(204);
        var undo = (await App.NewestMailAsync(owner.Email, Subjects.EmailChanged)).Token;
        (await owner.Browser.PostAsync("/auth/email/change/undo", new { token = undo })).ShouldSucceed(204);

        Assert.That((await App.FindUserAsync(owner.Email))!.Id, Is.EqualTo(owner.Id));
        Assert.That(await thief.IsSignedInAsync(), Is.False);
        var theirs = (await App.NewestMailAsync(first, Subjects.EmailChanged)).Token;
        (await thief.PostAsync("/auth/email/change/undo", new { token = theirs })).ShouldFail(400, "invalid_token");
        Assert.That(await (await owner.AtNewBrowserAsync()).IsSignedInAsync(), Is.True);
    }

    [Test]
    [Category("threat-2")]
    public async Task SignUp_DoesNotChangeAnExistingAccount()
    {
        using var owner = await Person.ByLinkAsync(App);
        using var attacker = App.NewBrowser();

        (
            await attacker.PostAsync(
                "/auth/sign-up",
                new
                {
                    email = owner.Email,
                    password = Person.Password,
                    name = "Mallory",
                }
            )
        ).ShouldSucceed(202);

        (await owner.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        Assert.That((string?)(await owner.Browser.GetAsync("/users/me")).Data["name"], Is.Not.EqualTo("Mallory"));
    }
}
