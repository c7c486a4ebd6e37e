using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ExternalLogins;

/// <summary>Logins of an account: how they are connected, by whom they are removed.</summary>
public sealed partial class ExternalSignInTests
{
    [Test]
    public async Task PendingLogin_IsConnectedByTheOwner_InTheSameBrowser([Values] bool confirm)
    {
        using var person = await Person.ByLinkAsync(app);
        using var browser = app.NewBrowser();
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        (await browser.SignInExternallyAsync("social")).ShouldContinueAt("/sign-in?error=link_required");
        (await person.Browser.GetAsync("/users/me/logins/pending")).ShouldFail(404, "not_found");
        await browser.SignInWithMailAsync(app, person.Email);

        var pending = (await browser.GetAsync("/users/me/logins/pending")).ShouldSucceed().Data;
        Assert.That((string?)pending["name"], Is.EqualTo("social"));
        Assert.That((string?)pending["email"], Is.EqualTo(person.Email));
        if (confirm)
        {
            (await browser.PostAsync("/users/me/logins/pending")).ShouldSucceed();
        }
        else
        {
            (await browser.DeleteAsync("/users/me/logins/pending")).ShouldSucceed(204);
        }

        Assert.That(await LoginsOfAsync(person), Is.EqualTo(confirm ? 1 : 0));
        (await browser.GetAsync("/users/me/logins/pending")).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task PendingLogin_SurvivesTheOwnersFirstProof_AndAStrangersSignIn()
    {
        using var person = await Person.UnverifiedAsync(app);
        using var browser = app.NewBrowser();
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        (await browser.SignInExternallyAsync("social")).ShouldContinueAt("/sign-in?error=link_required");
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        using var stranger = app.NewBrowser();
        (await stranger.SignInExternallyAsync("social")).ShouldContinueAt("/sign-in?error=link_required");

        await browser.SignInWithMailAsync(app, person.Email);
        (await browser.GetAsync("/users/me/logins/pending")).ShouldSucceed();
        (await browser.PostAsync("/users/me/logins/pending")).ShouldSucceed();
    }

    [Test]
    [Category("threat-34")]
    public async Task NotMe_RemovesTheLogin_ThatConnectedItselfWithTheSignIn([Values] bool twoFactor)
    {
        using var person = twoFactor ? await Person.WithTwoFactorAsync(app) : await Person.ByLinkAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        using var thief = person.NewBrowser(Person.OtherAgent);
        await thief.SignInExternallyAsync("corp");
        if (twoFactor)
        {
            (await thief.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync() })).ShouldSucceed();
        }

        Assert.That(await LoginsOfAsync(person), Is.EqualTo(1));
        var token = (await app.NewestMailAsync(person.Email, Subjects.NewDevice)).Token;
        (await app.NewBrowser().PostAsync("/auth/not-me", new { token })).ShouldSucceed(204);
        Assert.That(await thief.IsSignedInAsync(), Is.False);
        Assert.That(await LoginsOfAsync(person), Is.Zero);
    }

    [Test]
    [Category("threat-52")]
    public async Task Undo_TakesTheAccountFromASquatter_WhoseAddressWasNeverProved()
    {
        var person = NewPerson();
        using var squatter = app.NewBrowser();
        (await squatter.SignInExternallyAsync("social")).ShouldContinueAt("/");
        (await squatter.PostAsync("/auth/password/change", new { newPassword = Person.Password })).ShouldSucceed(204);
        var elsewhere = TestApp.NewEmail();
        (await squatter.PostAsync("/auth/email/change", new { newEmail = elsewhere })).ShouldSucceed(202);
        var confirm = (await app.NewestMailAsync(elsewhere, Subjects.ConfirmChange)).Token;
        (await squatter.PostAsync("/auth/email/change/confirm", new { token = confirm })).ShouldSucceed(204);

        var undo = (await app.NewestMailAsync(person.Email!, Subjects.EmailChanged)).Token;
        (await app.NewBrowser().PostAsync("/auth/email/change/undo", new { token = undo })).ShouldSucceed(204);

        (await app.NewBrowser().SignInExternallyAsync("social")).ShouldContinueAt("/sign-in?error=link_required");
        var password = new { email = person.Email, password = Person.Password };
        (await app.NewBrowser().PostAsync("/auth/sign-in", password)).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    [Category("threat-52")]
    public async Task Address_OfASquatter_GoesToWhoeverProvesIt()
    {
        var squatted = NewPerson().Email!;
        (await app.NewBrowser().SignInExternallyAsync("social")).ShouldContinueAt("/");
        using var owner = await Person.ByLinkAsync(app);
        (await owner.Browser.PostAsync("/auth/email/change", new { newEmail = squatted })).ShouldSucceed(202);
        var confirm = (await app.NewestMailAsync(squatted, Subjects.ConfirmChange)).Token;
        (await owner.Browser.PostAsync("/auth/email/change/confirm", new { token = confirm })).ShouldSucceed(204);
        Assert.That((await app.FindUserAsync(squatted))!.Id, Is.EqualTo(owner.Id));
    }

    [Test]
    public async Task OwnExport_HasAllThatIsHeldOfALogin()
    {
        NewPerson();
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/");
        var login = (await browser.GetAsync("/users/me/export")).ShouldSucceed().Data["features"]!["logins"]![0]!;
        foreach (var member in new[] { "loginProvider", "providerKey", "issuer", "email", "linkedAt", "lastUsedAt" })
        {
            Assert.That(login[member], Is.Not.Null, member);
        }
    }

    [Test]
    public async Task PendingLogin_IsHidden_FromAnotherAccount()
    {
        using var person = await Person.ByLinkAsync(app);
        using var browser = app.NewBrowser();
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        (await browser.SignInExternallyAsync("social")).ShouldContinueAt("/sign-in?error=link_required");
        await browser.SignInWithMailAsync(app, TestApp.NewEmail());
        (await browser.GetAsync("/users/me/logins/pending")).ShouldFail(404, "not_found");
        (await browser.PostAsync("/users/me/logins/pending")).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task Login_IsConnectedFromTheAccount_ListedAndRemoved()
    {
        using var person = await Person.ByLinkAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), "someone@elsewhere.example");
        var url = (string)(await person.Browser.PostAsync("/users/me/logins/social")).ShouldSucceed().Data["url"]!;
        (await person.Browser.ReturnAsync(await OpenIdServer.VisitAsync(url))).ShouldContinueAt("/account/security");

        var login = (await person.Browser.GetAsync("/users/me/logins")).ShouldSucceed().Items.Single();
        Assert.That((string?)login["email"], Is.EqualTo("someone@elsewhere.example"));
        Assert.That(login["linkedAt"], Is.Not.Null);
        using var other = app.NewBrowser();
        (await other.SignInExternallyAsync("social")).ShouldContinueAt("/");
        Assert.That((string?)(await other.GetAsync("/auth/session")).Data["user"]!["id"], Is.EqualTo(person.Id));

        (await person.Browser.DeleteAsync("/users/me/logins/social")).ShouldSucceed(204);
        (await person.Browser.DeleteAsync("/users/me/logins/social")).ShouldFail(404, "not_found");
        Assert.That(await person.MailsAsync("Your connected logins were changed"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Login_OfAnotherAccount_CannotBeConnected()
    {
        using var owner = await Person.ByLinkAsync(app);
        using var person = await Person.ByLinkAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), TestApp.NewEmail());
        foreach (var (who, target) in new[] { (owner, "/account/security"), (person, "/account/security?error=conflict") })
        {
            var url = (string)(await who.Browser.PostAsync("/users/me/logins/social")).ShouldSucceed().Data["url"]!;
            (await who.Browser.ReturnAsync(await OpenIdServer.VisitAsync(url))).ShouldContinueAt(target);
        }

        // A second login of the same provider.
        server.User = new ProviderUser(Guid.NewGuid().ToString(), TestApp.NewEmail());
        var again = (string)(await owner.Browser.PostAsync("/users/me/logins/social")).ShouldSucceed().Data["url"]!;
        (await owner.Browser.ReturnAsync(await OpenIdServer.VisitAsync(again))).ShouldContinueAt("/account/security?error=conflict");
    }

    [Test]
    public async Task Admin_RemovesALogin_AndEndsTheSessions()
    {
        var person = NewPerson();
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/");
        var id = (await app.FindUserAsync(person.Email!))!.Id;
        using var admin = await app.SignInAsync(TestApp.AdminEmail);
        Assert.That((await admin.GetAsync($"/admin/users/{id}/logins")).ShouldSucceed().Items, Has.Count.EqualTo(1));
        (await admin.DeleteAsync($"/admin/users/{id}/logins/corp")).ShouldSucceed(204);
        Assert.That(await browser.IsSignedInAsync(), Is.False);
        (await admin.DeleteAsync($"/admin/users/{id}/logins/corp")).ShouldFail(404, "not_found");
    }

    [Test]
    [Category("threat-51")]
    public async Task Connecting_IsRefused_InAnotherSession()
    {
        using var person = await Person.ByLinkAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), TestApp.NewEmail());
        var url = (string)(await person.Browser.PostAsync("/users/me/logins/social")).ShouldSucceed().Data["url"]!;
        var callback = await OpenIdServer.VisitAsync(url);
        (await person.Browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        await person.Browser.SignInWithMailAsync(app, person.Email);
        (await person.Browser.ReturnAsync(callback)).ShouldContinueAt("/account/security?error=external_failed");
        Assert.That(await LoginsOfAsync(person), Is.Zero);
    }

    [Test]
    [Category("threat-52")]
    public async Task Login_OfAnUnverifiedAccount_EndsWithTheOwnersFirstProof()
    {
        var person = NewPerson();
        using var squatter = app.NewBrowser();
        (await squatter.SignInExternallyAsync("social")).ShouldContinueAt("/");
        using var owner = app.NewBrowser();
        await owner.SignInWithMailAsync(app, person.Email!);
        Assert.That(await squatter.IsSignedInAsync(), Is.False);
        (await squatter.SignInExternallyAsync("social")).ShouldContinueAt("/sign-in?error=link_required");
    }
}
