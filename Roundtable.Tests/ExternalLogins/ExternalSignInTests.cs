using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ExternalLogins;

/// <summary>Sign-in with a real OpenID Connect server.</summary>
public sealed partial class ExternalSignInTests
{
    private OpenIdServer server = null!;
    private TestApp app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await OpenIdServer.StartAsync();
        app = TestApp.Start(
            OpenIdServer.Trust,
            [
                .. server.Settings("corp"),
                ("Auth:External:corp:TrustEmail", "true"),
                ("Auth:External:corp:DisplayName", "Example Corp"),
                .. server.Settings("social"),
                .. server.Settings("closed"),
                ("Auth:External:closed:AllowSignUp", "false"),
            ]
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Methods_ListTheProviders()
    {
        var methods = (await app.NewBrowser().GetAsync("/auth/methods")).ShouldSucceed().Data;
        Assert.That((bool?)methods["magicLink"]!["signUp"], Is.True);
        Assert.That((bool?)methods["passkey"], Is.True);
        var corp = methods["external"]!.AsArray().Single(p => (string?)p!["name"] == "corp")!;
        Assert.That((string?)corp["displayName"], Is.EqualTo("Example Corp"));
        Assert.That((string?)corp["kind"], Is.EqualTo("oidc"));
    }

    [Test]
    public async Task SignIn_CreatesAnAccount_AndFindsItAgain_WhateverAddressTheProviderNames()
    {
        var person = NewPerson();
        using var first = app.NewBrowser();
        (await first.SignInExternallyAsync("corp", new { callbackUrl = "/projects" })).ShouldContinueAt("/projects");
        var created = (await first.GetAsync("/auth/session")).ShouldSucceed().Data["user"]!;
        Assert.That((string?)created["email"], Is.EqualTo(person.Email));
        Assert.That((bool?)created["emailVerified"], Is.True);

        server.User = person with { Email = TestApp.NewEmail() };
        using var second = app.NewBrowser();
        (await second.SignInExternallyAsync("corp")).ShouldContinueAt("/");
        Assert.That((string?)(await second.GetAsync("/auth/session")).Data["user"]!["id"], Is.EqualTo((string?)created["id"]));
    }

    [Test]
    public async Task SignIn_LeavesTheAddressUnverified_WhenTheProviderIsNoAuthority()
    {
        NewPerson();
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync("social")).ShouldContinueAt("/");
        Assert.That((bool?)(await browser.GetAsync("/auth/session")).Data["user"]!["emailVerified"], Is.False);
    }

    [Test]
    public async Task SignIn_ConnectsItself_WhenTheProviderIsAnAuthorityAndTheAccountIsVerified()
    {
        using var person = await Person.ByLinkAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/");
        Assert.That((string?)(await browser.GetAsync("/auth/session")).Data["user"]!["id"], Is.EqualTo(person.Id));
        Assert.That(await person.MailsAsync("Your connected logins were changed"), Has.Count.EqualTo(1));
    }

    [TestCase("social", true)]
    [TestCase("corp", false)]
    [TestCase("corp", null)]
    [Category("threat-49")]
    [Category("threat-50")]
    public async Task SignIn_NeverConnectsItself_WithoutAnAuthority(string provider, bool? verified)
    {
        using var person = await Person.ByLinkAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email, verified);
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync(provider)).ShouldContinueAt("/sign-in?error=link_required");
        Assert.That(await browser.IsSignedInAsync(), Is.False);
        Assert.That(await LoginsOfAsync(person), Is.Zero);
    }

    [Test]
    [Category("threat-50")]
    public async Task SignIn_NeverConnectsItself_ToAnUnverifiedAccount()
    {
        using var person = await Person.UnverifiedAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/sign-in?error=link_required");
        Assert.That(await LoginsOfAsync(person), Is.Zero);
    }

    [Test]
    public async Task Session_NamesTheProvider_AlsoAfterTheSecondStep([Values] bool twoFactor)
    {
        using var person = twoFactor ? await Person.WithTwoFactorAsync(app) : await Person.ByLinkAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        using var browser = person.NewBrowser();
        await browser.SignInExternallyAsync("corp");
        if (twoFactor)
        {
            (await browser.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync() })).ShouldSucceed();
        }

        var session = (await browser.GetAsync("/auth/session")).ShouldSucceed().Data["session"]!;
        var listed = (await browser.GetAsync("/sessions")).ShouldSucceed().Items.Single(s => (bool)s["current"]!);
        foreach (var seen in new[] { session, listed })
        {
            Assert.That(((string?)seen["method"], (string?)seen["provider"]), Is.EqualTo((twoFactor ? "twoFactor" : "external", "corp")));
        }

        Assert.That((string?)(await person.Browser.GetAsync("/auth/session")).Data["session"]!["provider"], Is.Null);
    }

    [Test]
    public async Task SignUp_IsClosed_WhereTheProviderMayNotCreateAccounts()
    {
        var person = NewPerson();
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync("closed")).ShouldContinueAt("/sign-in?error=sign_up_closed");
        Assert.That(await app.FindUserAsync(person.Email!), Is.Null);
    }

    [Test]
    [Category("threat-56")]
    public async Task SignIn_RequiresTheSecondFactor()
    {
        using var person = await Person.WithTwoFactorAsync(app);
        server.User = new ProviderUser(Guid.NewGuid().ToString(), person.Email);
        using var browser = person.NewBrowser();
        (await browser.SignInExternallyAsync("corp", new { callbackUrl = "/projects" })).ShouldContinueAt("/two-factor?next=%2Fprojects");
        Assert.That(await browser.IsSignedInAsync(), Is.False);
        (await browser.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync() })).ShouldSucceed();
    }

    [Test]
    [Category("threat-56")]
    public async Task SignIn_IsRefused_WhenTheUserIsBanned()
    {
        var person = NewPerson();
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/");
        using var admin = await app.SignInAsync(TestApp.AdminEmail);
        var id = (await app.FindUserAsync(person.Email!))!.Id;
        (await admin.PostAsync($"/admin/users/{id}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/sign-in?error=user_banned");
    }

    [Test]
    [Category("threat-56")]
    public async Task Ban_IsExplained_OnceAndInTheBrowserOfItsUser()
    {
        const string refusal = "/auth/external/refusal";
        var person = NewPerson();
        using var browser = app.NewBrowser();
        using var stranger = app.NewBrowser();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/");
        using var admin = await app.SignInAsync(TestApp.NewEmail("banning"));
        await app.GiveAsync(admin.UserId, "admin");
        var id = (await app.FindUserAsync(person.Email!))!.Id;
        var until = app.Now.AddDays(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        const string reason = "Spam: \"grün\"\nand more; =";
        (await admin.PostAsync($"/admin/users/{id}/ban", new { reason, expiresAt = until })).ShouldSucceed();

        var answer = (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/sign-in?error=user_banned");
        var cookie = answer
            .Header("Set-Cookie")
            .Split('\n')
            .Single(c => c.StartsWith("roundtable.external-refusal=", StringComparison.Ordinal));
        Assert.That(cookie, Does.Contain("httponly").IgnoreCase.And.Contain("max-age=300").And.Not.Contain("Spam"));
        Assert.That((await stranger.GetAsync(refusal)).ShouldSucceed().Json["data"], Is.Null);
        var told = (await browser.GetAsync(refusal)).ShouldSucceed().Data;
        Assert.That(
            ((string?)told["code"], (string?)told["reason"], (string?)told["expiresAt"]),
            Is.EqualTo(("user_banned", reason, until))
        );
        Assert.That((await browser.GetAsync(refusal)).ShouldSucceed().Json["data"], Is.Null);

        (await stranger.GetAsync(refusal, ("Cookie", "roundtable.external-refusal=forged"))).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{id}/ban", new { reason = "For good" })).ShouldSucceed();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/sign-in?error=user_banned");
        Assert.That((await browser.GetAsync(refusal)).Data["expiresAt"], Is.Null);
    }

    [Test]
    [Category("threat-51")]
    public async Task State_IsRefused_FromAnotherBrowserProviderOrFlow_AndWhenReplayed()
    {
        var person = NewPerson();
        using var browser = app.NewBrowser();
        using var other = app.NewBrowser();
        const string failed = "/sign-in?error=external_failed";
        var callback = await OpenIdServer.VisitAsync(await browser.StartExternalAsync("corp"));
        (await other.ReturnAsync(callback)).ShouldContinueAt(failed);
        var elsewhere = new Uri(callback.ToString().Replace("/corp/", "/social/", StringComparison.Ordinal));
        (await browser.ReturnAsync(elsewhere)).ShouldContinueAt(failed);
        Assert.That(await app.FindUserAsync(person.Email!), Is.Null);

        (await browser.ReturnAsync(callback)).ShouldContinueAt("/");
        (await browser.ReturnAsync(callback)).ShouldContinueAt(failed);
        (await browser.GetAsync("/auth/external/corp/callback?code=x&state=y")).ShouldContinueAt(failed);
    }

    [Test]
    [Category("threat-51")]
    public async Task State_WorksOnce_AlsoInABrowserThatKeepsItsCookies()
    {
        NewPerson();
        var start = (await app.NewBrowser().PostAsync("/auth/external/corp", new { })).ShouldSucceed();
        var kept = string.Join("; ", start.Header("Set-Cookie").Split('\n').Select(c => c.Split(';')[0]));
        var callback = await OpenIdServer.VisitAsync((string)start.Data["url"]!);
        (await app.NewBrowser().GetAsync(callback.PathAndQuery, ("Cookie", kept))).ShouldContinueAt("/");
        (await app.NewBrowser().GetAsync(callback.PathAndQuery, ("Cookie", kept))).ShouldContinueAt("/sign-in?error=external_failed");
    }

    [Test]
    [Category("threat-51")]
    public async Task State_Expires_AlsoInABrowserThatKeepsItsCookies()
    {
        NewPerson();
        using var browser = app.NewBrowser();
        var callback = await OpenIdServer.VisitAsync(await browser.StartExternalAsync("corp"));
        await app.EvaluateAsync(TimeSpan.FromMinutes(11));
        (await browser.ReturnAsync(callback)).ShouldContinueAt("/sign-in?error=external_failed");
    }

    [TestCase("https://evil.example")]
    [TestCase("//evil.example")]
    [TestCase("/\\evil.example")]
    [Category("threat-53")]
    public async Task Start_RefusesAForeignCallback(string callbackUrl)
    {
        using var browser = app.NewBrowser();
        (await browser.PostAsync("/auth/external/corp", new { callbackUrl })).ShouldFail(400, "invalid_callback");
    }

    [Test]
    [Category("threat-53")]
    public async Task Callback_ShowsNoTextOfTheProvider()
    {
        using var browser = app.NewBrowser();
        var state = System.Web.HttpUtility.ParseQueryString(new Uri(await browser.StartExternalAsync("corp")).Query)["state"]!;
        var answer = await browser.GetAsync(
            $"/auth/external/corp/callback?error=access_denied&error_description=Call+our+hotline&state={Uri.EscapeDataString(state)}"
        );
        answer.ShouldContinueAt("/sign-in?error=external_denied");
        Assert.That(answer.Text, Is.Empty);
    }

    [Test]
    public async Task Callback_AnswersGetOnly()
    {
        NewPerson();
        using var browser = app.NewBrowser();
        var callback = await OpenIdServer.VisitAsync(await browser.StartExternalAsync("corp"));
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Post, HttpMethod.Put })
        {
            Assert.That((await browser.SendAsync(method, callback.PathAndQuery)).Status, Is.EqualTo(405), method.Method);
        }

        (await browser.ReturnAsync(callback)).ShouldContinueAt("/");
    }

    [Test]
    public async Task UnknownProvider_IsNotFound()
    {
        using var browser = app.NewBrowser();
        (await browser.PostAsync("/auth/external/nowhere", new { })).ShouldFail(404, "not_found");
        (await browser.GetAsync("/auth/external/nowhere/callback")).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task Statistics_CountTheSignIn()
    {
        NewPerson();
        using var admin = await app.SignInAsync(TestApp.AdminEmail);
        var before = await CountAsync(admin);
        using var browser = app.NewBrowser();
        (await browser.SignInExternallyAsync("corp")).ShouldContinueAt("/");
        Assert.That(await CountAsync(admin), Is.EqualTo(before + 1));
    }

    private static async Task<int> CountAsync(Browser admin) =>
        (int)((JsonNode)(await admin.GetAsync("/admin/stats")).ShouldSucceed().Data["totals"]!)["signIns"]!["external"]!;

    private ProviderUser NewPerson() => server.User = new ProviderUser(Guid.NewGuid().ToString(), TestApp.NewEmail());

    private Task<int> LoginsOfAsync(Person person) => app.InspectAsync(db => db.UserLogins.CountAsync(l => l.UserId == person.Id));
}
