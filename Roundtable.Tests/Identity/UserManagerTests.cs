using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Identity;

/// <summary>Changes through <c>UserManager</c> work as documented by Identity and keep every rule of the product.</summary>
public sealed class UserManagerTests : AccountTests
{
    [Test]
    public async Task Create_CreatesAnAccount_ThatCanSignIn()
    {
        var email = TestApp.NewEmail();
        (
            await App.ByUserManagerAsync(m =>
                m.CreateAsync(
                    new User
                    {
                        UserName = email,
                        Email = email,
                        EmailConfirmed = true,
                    },
                    Person.Password
                )
            )
        ).ShouldSucceed();
        var answer = (await App.NewBrowser().PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldSucceed();
        Assert.That(await ActionsOfAsync(answer.IdOf()), Does.Contain("user.created"));
        Assert.That((string?)answer.Data["user"]!["name"], Is.EqualTo(email[..email.IndexOf('@', StringComparison.Ordinal)]));
    }

    [Test]
    public async Task Create_RefusesInvalidUsers()
    {
        using var holder = await Person.ByLinkAsync(App);
        (await App.ByUserManagerAsync(m => m.CreateAsync(new User { Email = "nobody" }))).ShouldFail("InvalidEmail");
        (await App.ByUserManagerAsync(m => m.CreateAsync(new User { Email = holder.Email.ToUpperInvariant() }))).ShouldFail(
            "DuplicateEmail"
        );
        (await App.ByUserManagerAsync(m => m.CreateAsync(new User { Email = TestApp.NewEmail() }, "password12"))).ShouldFail("password");
    }

    [Test]
    public async Task ChangePassword_EndsSessions_NotifiesTheUser_AndChangesTheStamp()
    {
        using var person = await Person.WithPasswordAsync(App);
        var before = await App.OnAsync(person.Email, (m, u) => m.GetSecurityStampAsync(u));
        (await App.OnAsync(person.Email, (m, u) => m.ChangePasswordAsync(u, "not this one at all", Person.NewPassword))).ShouldFail(
            "PasswordMismatch"
        );
        (await App.OnAsync(person.Email, (m, u) => m.ChangePasswordAsync(u, Person.Password, Person.NewPassword))).ShouldSucceed();
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await person.TryPasswordAsync(Person.NewPassword)).ShouldSucceed();
        Assert.That(await ActionsOfAsync(person.Id), Does.Contain("user.passwordSet"));
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.GetSecurityStampAsync(u)), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task CheckPassword_ChangesNothing_ExceptAnOlderHash()
    {
        using var person = await Person.WithPasswordAsync(App);
        var mails = (await person.MailsAsync()).Count;
        var older = new PasswordHasher<User>(
            Options.Create(new PasswordHasherOptions { CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV2 })
        ).HashPassword(null!, Person.Password);
        await App.RunSqlAsync($"UPDATE Credentials SET PasswordHash = {older} WHERE UserId = {person.Id}");
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.CheckPasswordAsync(u, "not this one at all")), Is.False);
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.CheckPasswordAsync(u, Person.Password)), Is.True);
        Assert.That(await App.OnAsync(person.Email, (_, u) => Task.FromResult(u.PasswordHash)), Is.Not.EqualTo(older));
        (await person.Browser.GetAsync("/users/me")).ShouldSucceed();
        Assert.That(await person.MailsAsync(), Has.Count.EqualTo(mails));
        using var none = await Person.ByLinkAsync(App);
        Assert.That(await App.OnAsync(none.Email, (m, u) => m.CheckPasswordAsync(u, Person.Password)), Is.False);
    }

    [Test]
    public async Task AddAndRemovePassword_AreAudited()
    {
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.AddPasswordAsync(u, Person.Password))).ShouldSucceed();
        (await person.TryPasswordAsync()).ShouldSucceed();
        (await App.OnAsync(person.Email, (m, u) => m.RemovePasswordAsync(u))).ShouldSucceed();
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        Assert.That(await ActionsOfAsync(person.Id), Has.Exactly(2).EqualTo("user.passwordSet"));
    }

    [Test]
    public async Task UpdateSecurityStamp_EndsAllSessions()
    {
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.UpdateSecurityStampAsync(u))).ShouldSucceed();
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Authenticator_SetUpByCode_IsRequiredAtTheNextSignIn()
    {
        using var person = await Person.WithPasswordAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.ResetAuthenticatorKeyAsync(u))).ShouldSucceed();
        (await App.OnAsync(person.Email, (m, u) => m.SetTwoFactorEnabledAsync(u, true))).ShouldSucceed();
        Assert.That((bool?)(await person.TryPasswordAsync()).ShouldSucceed().Data["twoFactorRequired"], Is.True);
        Assert.That(await ActionsOfAsync(person.Id), Does.Contain("twoFactor.prepared").And.Contain("twoFactor.enabled"));
    }

    [Test]
    public async Task UserName_IsTheAddress_AndUnconfirmedWhenChanged()
    {
        using var person = await Person.ByLinkAsync(App);
        var moved = TestApp.NewEmail();
        (await App.OnAsync(person.Email, (m, u) => m.SetUserNameAsync(u, moved))).ShouldSucceed();
        var user = (await App.ByUserManagerAsync(m => m.FindByNameAsync(moved.ToUpperInvariant())))!;
        Assert.That((user.Id, user.Email, user.EmailConfirmed), Is.EqualTo((person.Id, moved, false)));
    }

    [Test]
    public async Task UserLoadedInAnotherScope_CanBeChangedRepeatedly()
    {
        using var person = await Person.ByLinkAsync(App);
        var elsewhere = (await App.ByUserManagerAsync(m => m.FindByEmailAsync(person.Email)))!;
        (await App.ByUserManagerAsync(m => m.AddPasswordAsync(elsewhere, Person.Password))).ShouldSucceed();
        (await App.ByUserManagerAsync(m => m.ChangePasswordAsync(elsewhere, Person.Password, Person.NewPassword))).ShouldSucceed();
        (await App.ByUserManagerAsync(m => m.AddToRoleAsync(elsewhere, Role.AdminName))).ShouldSucceed();
        (await App.ByUserManagerAsync(m => m.SetLockoutEndDateAsync(elsewhere, DateTimeOffset.MaxValue))).ShouldSucceed();
        (await App.ByUserManagerAsync(m => m.SetLockoutEndDateAsync(elsewhere, null))).ShouldSucceed();
        (await person.TryPasswordAsync(Person.NewPassword)).ShouldSucceed();
    }

    [Test]
    public async Task Lockout_EndsSessions_AndPreventsSignIn_UntilItIsLifted()
    {
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.SetLockoutEndDateAsync(u, DateTimeOffset.MaxValue))).ShouldSucceed();
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.IsLockedOutAsync(u)), Is.True);
        Assert.That(await ActionsOfAsync(person.Id), Does.Contain("user.banned"));
        (await App.OnAsync(person.Email, (m, u) => m.SetLockoutEndDateAsync(u, null))).ShouldSucceed();
        using var again = await App.SignInAsync(person.Email);
        (await again.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task FailedSignIns_LockOutPasswords_AsIdentityOptionsSay()
    {
        using var person = await Person.WithPasswordAsync(App);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => App.OnAsync(person.Email, (m, u) => m.AccessFailedAsync(u))));
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.IsLockedOutAsync(u)), Is.True);
        (await App.NewBrowser().PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await person.Browser.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase("deleted")]
    [TestCase("demoted")]
    [TestCase("locked out")]
    public async Task LastAdmin_CannotBeRemoved(string by)
    {
        await using var app = TestApp.Start();
        using var admin = await app.SignInAsync(TestApp.AdminEmail);
        var result = await app.OnAsync(TestApp.AdminEmail, (m, u) => by switch
            {
                "deleted" => m.DeleteAsync(u),
                "demoted" => m.RemoveFromRoleAsync(u, Role.AdminName),
                _ => m.SetLockoutEndDateAsync(u, DateTimeOffset.MaxValue),
            });
        result.ShouldFail("last_admin");
        (await admin.GetAsync("/admin/users")).ShouldSucceed();
    }

    [Test]
    public async Task Roles_ApplyFromTheNextRequest_AndAreAudited()
    {
        // The last admin's role could not be removed.
        _ = await App.RootAsync();
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.AddToRoleAsync(u, Role.AdminName))).ShouldSucceed();
        (await person.Browser.GetAsync("/admin/roles")).ShouldSucceed();
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.GetRolesAsync(u)), Is.EquivalentTo(new[] { "admin", "user" }));
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.IsInRoleAsync(u, "admin")), Is.True);
        Assert.That((await App.ByUserManagerAsync(m => m.GetUsersInRoleAsync("admin"))).Select(u => u.Email), Does.Contain(person.Email));
        (await App.OnAsync(person.Email, (m, u) => m.AddToRoleAsync(u, Role.AdminName))).ShouldFail("UserAlreadyInRole");
        (await App.OnAsync(person.Email, (m, u) => m.RemoveFromRoleAsync(u, Role.AdminName))).ShouldSucceed();
        (await person.Browser.GetAsync("/admin/roles")).ShouldFail(403, "forbidden");
        Assert.That((await ActionsOfAsync(person.Id)).Count(a => a == "user.rolesChanged"), Is.EqualTo(2));
        Assert.That(() => App.OnAsync(person.Email, (m, u) => m.AddToRoleAsync(u, "nonesuch")), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Delete_RemovesAllData_AndIsAudited()
    {
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.AddClaimAsync(u, new Claim("team", "blue")))).ShouldSucceed();
        (await App.OnAsync(person.Email, (m, u) => m.DeleteAsync(u))).ShouldSucceed();
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That(await App.ByUserManagerAsync(m => m.FindByIdAsync(person.Id)), Is.Null);
        Assert.That(await ActionsOfAsync(person.Id), Does.Contain("user.deleted"));
    }

    [Test]
    public async Task ChangeEmail_SendsTheOldAddressAnUndoLink()
    {
        using var person = await Person.ByLinkAsync(App);
        var moved = TestApp.NewEmail();
        (await App.OnAsync(person.Email, (m, u) => m.SetEmailAsync(u, moved))).ShouldSucceed();
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        var undo = (await App.Mail.WaitAsync(person.Email, 1, "undo-email"))[0].Token;
        (await App.NewBrowser().PostAsync("/auth/email/change/undo", new { token = undo })).ShouldSucceed(204);
        Assert.That((await App.ByUserManagerAsync(m => m.FindByIdAsync(person.Id)))!.Email, Is.EqualTo(person.Email));
        using var other = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.SetEmailAsync(u, other.Email))).ShouldFail("DuplicateEmail");
    }

    [Test]
    public async Task SecondFactor_IsSharedWithTheApi()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var provider = new IdentityOptions().Tokens.AuthenticatorTokenProvider;
        var code = await person.NextCodeAsync();
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.GetAuthenticatorKeyAsync(u)), Is.EqualTo(person.Secret));
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.VerifyTwoFactorTokenAsync(u, provider, code)), Is.True);
        Assert.That(
            await App.OnAsync(person.Email, (m, u) => m.VerifyTwoFactorTokenAsync(u, provider, code)),
            Is.False,
            "a code works once"
        );
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.GetValidTwoFactorProvidersAsync(u)), Is.EqualTo(new[] { provider }));
        (await App.OnAsync(person.Email, (m, u) => m.RedeemTwoFactorRecoveryCodeAsync(u, person.RecoveryCodes[0]))).ShouldSucceed();
        (await App.OnAsync(person.Email, (m, u) => m.RedeemTwoFactorRecoveryCodeAsync(u, person.RecoveryCodes[0]))).ShouldFail(
            "RecoveryCodeRedemptionFailed"
        );
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.CountRecoveryCodesAsync(u)), Is.EqualTo(9));
        var fresh = (await App.OnAsync(person.Email, (m, u) => m.GenerateNewTwoFactorRecoveryCodesAsync(u, 10)))!.ToList();
        Assert.That(
            await App.InspectAsync(db =>
                Task.FromResult(
                    db.Credentials.Where(c => c.UserId == person.Id).SelectMany(c => c.RecoveryCodes).Select(r => r.CodeHash).ToList()
                )
            ),
            Has.None.AnyOf(fresh).And.Count.EqualTo(10)
        );
        (await App.OnAsync(person.Email, (m, u) => m.SetTwoFactorEnabledAsync(u, false))).ShouldSucceed();
        Assert.That((bool?)(await person.TryPasswordAsync()).ShouldSucceed().Data["twoFactorRequired"], Is.Not.True);
        Assert.That(await ActionsOfAsync(person.Id), Does.Contain("twoFactor.disabled"));
    }

    [Test]
    public async Task ConcurrentChange_FailsWithConcurrencyFailure()
    {
        using var person = await Person.ByLinkAsync(App);
        await App.OnAsync(person.Email, async (manager, user) =>
        {
            (await person.Browser.PatchAsync("/users/me", new { name = "Faster" })).ShouldSucceed();
            user.Rename("Slower", App.Now);
            (await manager.UpdateAsync(user)).ShouldFail("ConcurrencyFailure");
            return true;
        });
        Assert.That((await App.ByUserManagerAsync(m => m.FindByIdAsync(person.Id)))!.Name, Is.EqualTo("Faster"));
    }

    [Test]
    public async Task Logins_AreFound_AndExported()
    {
        using var person = await Person.ByLinkAsync(App);
        var key = Guid.NewGuid().ToString("N");
        (await App.OnAsync(person.Email, (m, u) => m.AddLoginAsync(u, new UserLoginInfo("Example", key, "Example")))).ShouldSucceed();
        (await App.OnAsync(person.Email, (m, u) => m.AddClaimAsync(u, new Claim("team", "blue")))).ShouldSucceed();
        Assert.That((await App.ByUserManagerAsync(m => m.FindByLoginAsync("Example", key)))!.Id, Is.EqualTo(person.Id));
        var export = (await person.Browser.GetAsync("/users/me/export")).ShouldSucceed().Text;
        Assert.That(export, Does.Contain(key).And.Contain("\"team\""));
        Assert.That(await ActionsOfAsync(person.Id), Has.Exactly(2).EqualTo("user.updated"));
    }

    private async Task<IReadOnlyList<string?>> ActionsOfAsync(string userId) =>
        [
            .. (await (await App.RootAsync()).GetAsync($"/admin/audit-log?target={userId}&limit=100")).ShouldSucceed().Data["items"]!
                .AsArray()
                .Select(e => (string?)e!["action"]),
        ];
}
