using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Sessions;

/// <summary>Revoked access ends with the next request, on every instance.</summary>
public sealed class RevocationTests
{
    private TestApp here = null!;
    private TestApp there = null!;
    private Browser root = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        here = TestApp.Start();
        there = here.StartSibling();
        root = await here.RootAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        root.Dispose();
        await there.DisposeAsync();
        await here.DisposeAsync();
    }

    [TestCase("revoke")]
    [TestCase("revokeAll")]
    [TestCase("ban")]
    [TestCase("signOut")]
    [Category("threat-9")]
    public async Task EndedSession_IsRefusedAtOnce_ByTheOtherInstance(string how)
    {
        var (user, elsewhere, sessionId) = await SignInOnBothAsync();
        (await elsewhere.GetAsync("/users/me")).ShouldSucceed();
        var answer = how switch
        {
            "revoke" => await root.DeleteAsync($"/admin/sessions/{sessionId}"),
            "revokeAll" => await root.DeleteAsync($"/admin/users/{user.UserId}/sessions"),
            "ban" => await root.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" }),
            _ => await user.PostAsync("/auth/sign-out"),
        };
        Assert.That(answer.Status, Is.EqualTo(how == "ban" ? 200 : 204), answer.Text);
        (await elsewhere.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That((await elsewhere.GetAsync("/auth/session")).ShouldSucceed().Json["data"], Is.Null);
    }

    [Test]
    [Category("threat-9")]
    public async Task Roles_ApplyFromTheNextRequest_OnTheOtherInstance()
    {
        var (user, elsewhere, _) = await SignInOnBothAsync();
        (await elsewhere.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
        await SetRolesAsync(user, "admin");
        (await elsewhere.GetAsync("/admin/users")).ShouldSucceed();
        await SetRolesAsync(user, "user");
        (await elsewhere.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
        Assert.That((await elsewhere.GetAsync("/auth/session")).Data["permissions"]!.AsArray(), Is.Empty);
    }

    [Test]
    [Category("threat-9")]
    public async Task Unban_AllowsSignIn_ButRestoresNoSession()
    {
        var email = TestApp.NewEmail();
        using var user = await here.SignInAsync(email);
        (await root.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await root.PostAsync($"/admin/users/{user.UserId}/unban")).ShouldSucceed();
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        using var other = there.NewBrowser();
        await other.SignInByLinkAsync(email);
    }

    [Test]
    [Category("threat-9")]
    public async Task Demotion_Applies_ToTheAdminsNextRequest()
    {
        using var admin = await here.NewAdminAsync();
        using var target = await here.NewUserAsync();
        (await admin.GetAsync("/admin/users")).ShouldSucceed();
        await SetRolesAsync(admin, "user");
        (await admin.PostAsync($"/admin/users/{target.UserId}/ban", new { reason = "Revenge" })).ShouldFail(403, "forbidden");
        (await target.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    [Category("threat-2")]
    public async Task FirstLink_RemovesCredentials_OfASelfRegisteredAccount()
    {
        var email = TestApp.NewEmail();
        using var stranger = await here.SignInAsync(email);
        await MakeUnverifiedAsync(stranger.UserId, UserOrigin.SelfRegistered);
        (await stranger.GetAsync("/users/me")).ShouldSucceed();
        using var owner = there.NewBrowser();
        var answer = await owner.SignInByLinkAsync(email);
        var credentials = await here.InspectAsync(db =>
            db.Credentials.AsNoTracking().Include(c => c.RecoveryCodes).SingleAsync(c => c.UserId == stranger.UserId)
        );
        var log = (await root.GetAsync($"/admin/audit-log?target={stranger.UserId}&action=user.claimed")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.IdOf(), Is.EqualTo(stranger.UserId));
            Assert.That((bool?)answer.Data["user"]!["emailVerified"], Is.True);
            Assert.That((bool?)answer.Data["user"]!["twoFactorEnabled"], Is.False);
            Assert.That(credentials.PasswordHash, Is.Null);
            Assert.That(credentials.ProtectedTwoFactorSecret, Is.Null);
            Assert.That(credentials.RecoveryCodes, Is.Empty);
            Assert.That(log.Items, Has.Count.EqualTo(1));
        });
        (await stranger.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That((await owner.GetAsync("/sessions")).Items, Has.Count.EqualTo(1));
    }

    [TestCase(UserOrigin.CreatedByAdmin)]
    [TestCase(UserOrigin.Imported)]
    [Category("threat-2")]
    public async Task FirstLink_KeepsCredentials_OfAnAccountCreatedByAnAdmin(UserOrigin origin)
    {
        var email = TestApp.NewEmail();
        using var first = await here.SignInAsync(email);
        await MakeUnverifiedAsync(first.UserId, origin);
        using var second = await there.SignInAsync(email);
        var credentials = await here.InspectAsync(db => db.Credentials.AsNoTracking().SingleAsync(c => c.UserId == first.UserId));
        Assert.That(credentials.PasswordHash, Is.EqualTo("hash"));
        (await first.GetAsync("/users/me")).ShouldSucceed();
        var log = (await root.GetAsync($"/admin/audit-log?target={first.UserId}&action=user.claimed")).ShouldSucceed();
        Assert.That(log.Items, Is.Empty);
    }

    [Test]
    [Category("threat-2")]
    public async Task LaterLinks_RemoveNoCredentials()
    {
        var email = TestApp.NewEmail();
        using var first = await here.SignInAsync(email);
        await here.ArrangeAsync(async db => (await db.Credentials.SingleAsync(c => c.UserId == first.UserId)).SetPassword("hash"));
        using var second = await there.SignInAsync(email);
        (await first.GetAsync("/users/me")).ShouldSucceed();
        var credentials = await here.InspectAsync(db => db.Credentials.AsNoTracking().SingleAsync(c => c.UserId == first.UserId));
        Assert.That(credentials.PasswordHash, Is.EqualTo("hash"));
    }

    // Simulates a registration with a password and a second factor whose address was never verified.
    private Task MakeUnverifiedAsync(string userId, UserOrigin origin) =>
        here.ArrangeAsync(async db =>
        {
            await db
                .Users.Where(u => u.Id == userId)
                .ExecuteUpdateAsync(s => s.SetProperty(u => u.EmailVerified, false).SetProperty(u => u.Origin, origin));
            var credentials = await db.Credentials.Include(c => c.RecoveryCodes).SingleAsync(c => c.UserId == userId);
            credentials.SetPassword("hash");
            if (origin == UserOrigin.SelfRegistered)
            {
                credentials.PrepareTwoFactor("secret");
                credentials.EnableTwoFactor(["0000000000000000000000000000000000000000000000000000000000000000"]);
            }
        });

    private async Task SetRolesAsync(Browser user, params string[] roles) =>
        (await root.PutAsync($"/admin/users/{user.UserId}/roles", new { roles })).ShouldSucceed();

    private async Task<(Browser Here, Browser There, string SessionId)> SignInOnBothAsync()
    {
        var user = here.NewBrowser();
        var sessionId = (await user.SignInByLinkAsync(TestApp.NewEmail())).IdOf("session");
        var elsewhere = there.NewBrowser();
        elsewhere.SessionCookie = user.SessionCookie;
        return (user, elsewhere, sessionId);
    }
}
