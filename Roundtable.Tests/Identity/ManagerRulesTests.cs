using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Identity;

/// <summary>
/// Code that bypasses the managers' obvious members, or calls several in sequence as Identity's pages do, cannot bypass any rule.
/// </summary>
public sealed class ManagerRulesTests : AccountTests
{
    private static readonly string Provider = new IdentityOptions().Tokens.AuthenticatorTokenProvider;

    [Test]
    public async Task SecondFactor_SetUpAsInIdentitysPages_AcceptsEachRecoveryCodeOnce()
    {
        using var person = await Person.WithPasswordAsync(App);
        var (code, shown) = await App.OnAsync(person.Email, async (manager, user) =>
        {
            (await manager.ResetAuthenticatorKeyAsync(user)).ShouldSucceed();
            var totp = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(await manager.GetAuthenticatorKeyAsync(user))).ComputeTotp(App.Now);
            Assert.That(await manager.VerifyTwoFactorTokenAsync(user, Provider, totp), Is.True);
            (await manager.SetTwoFactorEnabledAsync(user, true)).ShouldSucceed();
            return (totp, (await manager.GenerateNewTwoFactorRecoveryCodesAsync(user, 10))!.ToList());
        });
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.CountRecoveryCodesAsync(u)), Is.EqualTo(10));
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.VerifyTwoFactorTokenAsync(u, Provider, code)), Is.False, "already used");
        (await App.OnAsync(person.Email, (m, u) => m.RedeemTwoFactorRecoveryCodeAsync(u, shown[0]))).ShouldSucceed();
    }

    [Test]
    public async Task SecondFactor_WithoutAKey_IsRefused()
    {
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.SetTwoFactorEnabledAsync(u, true))).ShouldFail("NoAuthenticatorKey");
    }

    [Test]
    [Category("threat-31")]
    public async Task Login_AddedBeforeTheFirstProof_IsRemoved()
    {
        using var stranger = await Person.UnverifiedAsync(App);
        (await App.OnAsync(stranger.Email, (m, u) => m.AddLoginAsync(u, new UserLoginInfo("Example", stranger.Id, null)))).ShouldSucceed();
        using var owner = await App.SignInAsync(stranger.Email);
        Assert.That(await App.ByUserManagerAsync(m => m.FindByLoginAsync("Example", stranger.Id)), Is.Null);
    }

    [Test]
    [Category("threat-34")]
    public async Task Login_AddedByAnIntruder_IsRemovedByUndo()
    {
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.SetEmailAsync(u, TestApp.NewEmail()))).ShouldSucceed();
        await App.ByUserManagerAsync(async m =>
            await m.AddLoginAsync((await m.FindByIdAsync(person.Id))!, new UserLoginInfo("Example", person.Id, null))
        );
        (
            await App.NewBrowser()
                .PostAsync("/auth/email/change/undo", new { token = (await App.Mail.WaitAsync(person.Email, 1, "undo-email"))[0].Token })
        ).ShouldSucceed(204);
        Assert.That(await App.ByUserManagerAsync(m => m.FindByLoginAsync("Example", person.Id)), Is.Null);
    }

    [Test]
    public async Task UnconfirmedAddress_KeepsTheSecondFactor()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        (await App.OnAsync(person.Email, (m, u) =>
            {
                u.EmailConfirmed = false;
                return m.UpdateAsync(u);
            })).ShouldSucceed();
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.IsEmailConfirmedAsync(u)), Is.False);
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/magic-link", new { email = person.Email })).ShouldSucceed(202);
        var token = (await App.Mail.WaitAsync(person.Email, 2, "magic-link"))[^1].Token;
        Assert.That(
            (bool?)(await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed().Data["twoFactorRequired"],
            Is.True
        );
    }

    [Test]
    public async Task UnconfirmedAddress_BelongsToTheFirstUserWhoConfirmsIt()
    {
        using var mover = await Person.WithPasswordAsync(App);
        var victims = TestApp.NewEmail();
        (await App.OnAsync(mover.Email, (m, u) => m.SetEmailAsync(u, victims))).ShouldSucceed();
        using var victim = await App.SignInAsync(victims);
        (await App.NewBrowser().PostAsync("/auth/sign-in", new { email = victims, password = Person.Password })).ShouldFail(
            401,
            "invalid_credentials"
        );
    }

    [Test]
    public async Task Address_SetOnTheUser_IsUnconfirmed()
    {
        using var person = await Person.ByLinkAsync(App);
        var moved = TestApp.NewEmail();
        (await App.OnAsync(person.Email, (m, u) =>
            {
                u.Email = moved;
                return m.UpdateAsync(u);
            })).ShouldSucceed();
        var user = (await App.ByUserManagerAsync(m => m.FindByIdAsync(person.Id)))!;
        Assert.That((user.Email, user.EmailConfirmed), Is.EqualTo((moved, false)));
    }

    [Test]
    public async Task User_LoadedWithoutRecoveryCodes_KeepsThem()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var bare = await App.InspectAsync(db =>
            db.Users.AsNoTracking().Include(u => u.Profile).Include(u => u.Credentials).SingleAsync(u => u.Id == person.Id)
        );
        (await App.ByUserManagerAsync(m => m.AddClaimAsync(bare, new Claim("team", "blue")))).ShouldSucceed();
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.CountRecoveryCodesAsync(u)), Is.EqualTo(10));
    }

    [Test]
    public async Task LockoutEnd_SetOnTheUser_LocksTheAccount()
    {
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) =>
            {
                u.LockoutEnd = App.Clock.GetUtcNow().AddYears(1);
                return m.UpdateAsync(u);
            })).ShouldSucceed();
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Roles_SetOnTheUser_AreRefused()
    {
        await using var app = TestApp.Start();
        using var admin = await app.SignInAsync(TestApp.AdminEmail);
        (await app.OnAsync(TestApp.AdminEmail, (m, u) =>
            {
                u.SetRoles([], app.Now);
                return m.UpdateAsync(u);
            })).ShouldFail("conflict");
        (await app.OnAsync(TestApp.AdminEmail, (m, u) =>
            {
                u.Ban("Oops", null, app.Now);
                return m.UpdateAsync(u);
            })).ShouldFail("last_admin");
        (await admin.GetAsync("/admin/users")).ShouldSucceed();
    }

    [Test]
    public async Task ClaimsNamedLikePermissions_GrantNothing()
    {
        using var person = await Person.ByLinkAsync(App);
        (await App.OnAsync(person.Email, (m, u) => m.AddClaimAsync(u, new Claim(ClaimTypes.Role, "admin")))).ShouldSucceed();
        (
            await App.OnAsync(person.Email, (m, u) => m.AddClaimAsync(u, new Claim(Permissions.ClaimType, Permissions.UsersList)))
        ).ShouldSucceed();
        (await person.Browser.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
    }

    [Test]
    public async Task TokenGeneration_DoesNotSavePendingChanges()
    {
        using var person = await Person.ByLinkAsync(App);
        await App.OnAsync(person.Email, async (manager, user) =>
        {
            user.Rename("Not yet", App.Now);
            return await manager.GenerateEmailConfirmationTokenAsync(user);
        });
        Assert.That((await App.ByUserManagerAsync(m => m.FindByIdAsync(person.Id)))!.Name, Is.Not.EqualTo("Not yet"));
    }

    [Test]
    public async Task UnitOfWork_CommitsSuccessfulManagerChangesOnly()
    {
        using var person = await Person.ByLinkAsync(App);
        using var other = await Person.ByLinkAsync(App);
        await using var scope = App.Services.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var done = await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result>(
                async _ =>
                {
                    (await manager.FindByIdAsync(other.Id))!.Rename("Kept", App.Now);
                    (await manager.SetEmailAsync((await manager.FindByIdAsync(person.Id))!, other.Email)).ShouldFail("DuplicateEmail");
                    (
                        await manager.SetLockoutEndDateAsync((await manager.FindByIdAsync(person.Id))!, DateTimeOffset.MaxValue)
                    ).ShouldSucceed();
                    return Result.Success;
                },
                CancellationToken.None
            );
        Assert.That(done.Failed, Is.False);
        Assert.That((await App.ByUserManagerAsync(m => m.FindByIdAsync(person.Id)))!.Email, Is.EqualTo(person.Email));
        Assert.That((await App.ByUserManagerAsync(m => m.FindByIdAsync(other.Id)))!.Name, Is.EqualTo("Kept"));
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task WrongCurrentPasswords_LockOutPasswords()
    {
        using var person = await Person.WithPasswordAsync(App);
        for (var i = 0; i < 5; i++)
        {
            (await App.OnAsync(person.Email, (m, u) => m.ChangePasswordAsync(u, "not this one at all", Person.NewPassword))).ShouldFail(
                "PasswordMismatch"
            );
        }

        (await App.OnAsync(person.Email, (m, u) => m.ChangePasswordAsync(u, Person.Password, Person.NewPassword))).ShouldFail(
            "PasswordMismatch"
        );
    }

    [Test]
    public async Task Role_ChangedConcurrently_IsNotOverwritten()
    {
        var name = await App.NewRoleAsync(Permissions.UsersRead, Permissions.UsersList);
        await App.ByRoleManagerAsync(async manager =>
        {
            var role = (await manager.FindByNameAsync(name))!;
            App.Clock.Advance(TimeSpan.FromMilliseconds(1));
            (
                await (await App.RootAsync()).PutAsync($"/admin/roles/{name}", new { permissions = new[] { Permissions.UsersRead } })
            ).ShouldSucceed();
            (await manager.AddClaimAsync(role, new Claim(Permissions.ClaimType, Permissions.AuditRead))).ShouldFail("ConcurrencyFailure");
            return true;
        });
    }
}
