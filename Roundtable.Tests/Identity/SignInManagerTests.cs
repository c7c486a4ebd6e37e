using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Domain.Users;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Identity;

/// <summary>
/// A custom controller signs users in and out through <c>SignInManager</c>, as documented by Identity, into the product's sessions.
/// </summary>
public sealed class SignInManagerTests
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() =>
        app = TestApp.Start(s =>
        {
            s.AddControllers().AddApplicationPart(typeof(SignInManagerTests).Assembly);
            s.AddScoped<IPasswordValidator<User>, NoWinter>();
        });

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task PasswordSignIn_OpensASession_AndSignOutEndsIt()
    {
        using var person = await Person.WithPasswordAsync(app);
        using var browser = app.NewBrowser();
        Assert.That(await PostAsync(browser, $"password?email={person.Email}&password={Person.NewPassword}"), Is.EqualTo("Failed"));
        Assert.That(await PostAsync(browser, $"password?email={person.Email}&password={Person.Password}"), Is.EqualTo("Succeeded"));
        Assert.That((await browser.GetAsync("/auth/session")).IdOf(), Is.EqualTo(person.Id));
        var cookie = browser.SessionCookie;
        Assert.That(await PostAsync(browser, "sign-out"), Is.EqualTo("signed out"));
        (await app.Copy(cookie).GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task SecondFactor_IsRequired_AndTheBrowserIsRemembered()
    {
        using var person = await Person.WithTwoFactorAsync(app, password: true);
        using var browser = app.NewBrowser();
        var first = $"password?email={person.Email}&password={Person.Password}";
        Assert.That(await PostAsync(browser, first), Is.EqualTo("RequiresTwoFactor"));
        Assert.That(await PostAsync(browser, "two-factor-user"), Is.EqualTo(person.Email));
        (await browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That(await PostAsync(browser, $"code?code={person.WrongCode()}"), Is.EqualTo("Failed"));
        Assert.That(await PostAsync(browser, $"code?code={await person.NextCodeAsync()}"), Is.EqualTo("Succeeded"));
        (await browser.GetAsync("/users/me")).ShouldSucceed();
        Assert.That(await PostAsync(browser, first), Is.EqualTo("Succeeded"), "the browser is trusted");
    }

    [Test]
    public async Task Browser_CanBeRememberedAndForgotten_ByCode()
    {
        using var person = await Person.WithTwoFactorAsync(app, password: true);
        Assert.That(await PostAsync(person.Browser, "remember-browser"), Is.EqualTo("False"));
        Assert.That(await PostAsync(person.Browser, $"password?email={person.Email}&password={Person.Password}"), Is.EqualTo("Succeeded"));
        Assert.That(await PostAsync(person.Browser, "forget-browser"), Is.EqualTo("forgotten"));
        Assert.That(
            await PostAsync(person.Browser, $"password?email={person.Email}&password={Person.Password}"),
            Is.EqualTo("RequiresTwoFactor")
        );
    }

    [Test]
    public async Task CheckedPasswords_CountAsSignInAttempts()
    {
        using var person = await Person.WithPasswordAsync(app);
        using var browser = app.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await PostAsync(browser, $"check?email={person.Email}&password={Person.NewPassword}"), Is.EqualTo("Failed"));
        }

        Assert.That(await PostAsync(browser, $"check?email={person.Email}&password={Person.Password}"), Is.EqualTo("Failed"), "locked");
        Assert.That(browser.SessionCookie, Is.Null);
    }

    [Test]
    public async Task Banned_AreLockedOut()
    {
        using var person = await Person.WithPasswordAsync(app);
        (await app.OnAsync(person.Email, (m, u) => m.SetLockoutEndDateAsync(u, DateTimeOffset.MaxValue))).ShouldSucceed();
        using var browser = app.NewBrowser();
        Assert.That(await PostAsync(browser, $"password?email={person.Email}&password={Person.Password}"), Is.EqualTo("LockedOut"));
        Assert.That(await PostAsync(browser, $"login?key={await LoginAsync(person)}"), Is.EqualTo("LockedOut"));
        Assert.That(browser.SessionCookie, Is.Null);
    }

    [Test]
    public async Task ExternalLogin_OpensASession_AndRequiresTheSecondFactor()
    {
        using var person = await Person.ByLinkAsync(app);
        using var browser = app.NewBrowser();
        var login = $"login?key={await LoginAsync(person)}";
        Assert.That(await PostAsync(browser, login), Is.EqualTo("Succeeded"));
        Assert.That((await browser.GetAsync("/auth/session")).IdOf(), Is.EqualTo(person.Id));
        await person.TurnOnTwoFactorAsync();
        Assert.That(await PostAsync(app.NewBrowser(), login), Is.EqualTo("RequiresTwoFactor"));
    }

    [Test]
    public async Task SignInByCode_OpensASession_AndIsVisibleInTheSameRequest()
    {
        using var person = await Person.ByLinkAsync(app);
        using var browser = app.NewBrowser();
        using var planted = app.NewBrowser();
        Assert.That(await PostAsync(browser, $"sign-in?email={person.Email}"), Is.EqualTo($"{person.Email} True"));
        Assert.That((await browser.GetAsync("/auth/session")).IdOf(), Is.EqualTo(person.Id));
        var before = browser.SessionCookie;
        _ = await PostAsync(browser, $"sign-in?email={person.Email}");
        Assert.That(browser.SessionCookie, Is.Not.EqualTo(before));
        (await app.Copy(before).GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task UserClaims_AreAvailable_OnTheNextRequest()
    {
        using var person = await Person.ByLinkAsync(app);
        await app.GiveAsync(person.Id, "admin");
        (await app.OnAsync(person.Email, (m, u) => m.AddClaimAsync(u, new Claim("team", "blue")))).ShouldSucceed();
        (await app.OnAsync(person.Email, (m, u) => m.AddClaimAsync(u, new Claim("team", "red")))).ShouldSucceed();
        Assert.That(await PostAsync(person.Browser, "teams"), Is.EqualTo("blue red, 2 roles"));
        (await app.OnAsync(person.Email, (m, u) => m.RemoveClaimAsync(u, new Claim("team", "red")))).ShouldSucceed();
        Assert.That(await PostAsync(person.Browser, "teams"), Is.EqualTo("blue, 2 roles"));
        Assert.That(
            (await person.Browser.GetAsync("/auth/session")).ShouldSucceed().Data["permissions"]!.AsArray(),
            Has.Count.GreaterThan(5)
        );
    }

    [Test]
    public async Task IdentityMeter_CountsSignInsAndTokens()
    {
        var counted = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == "Microsoft.AspNetCore.Identity")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => counted.Add(instrument.Name));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => counted.Add(instrument.Name));
        listener.Start();
        using var person = await Person.ByLinkAsync(app);
        Assert.That(counted, Does.Contain("aspnetcore.identity.sign_in.sign_ins"));
        counted.Clear();
        _ = await app.OnAsync(person.Email, async (m, u) =>
            await m.VerifyUserTokenAsync(
                u,
                TokenOptions.DefaultProvider,
                "meter",
                await m.GenerateUserTokenAsync(u, TokenOptions.DefaultProvider, "meter")
            )
        );
        Assert.That(counted.Distinct(), Has.Exactly(2).Contains("token"));
    }

    [Test]
    public async Task CustomPasswordValidator_IsUsedByTheEndpoints()
    {
        var refused = (
            await app.NewBrowser()
                .PostAsync(
                    "/auth/sign-up",
                    new
                    {
                        email = TestApp.NewEmail(),
                        password = "a long hard winter",
                        name = "Ada",
                    }
                )
        ).ShouldFail(400, "validation_failed");
        Assert.That(refused.Text, Does.Contain("No winters here."));
    }

    private static async Task<string> PostAsync(Browser browser, string path) =>
        (await browser.PostAsync($"/sign-in-test/{path}", new { })).ShouldSucceed().Text;

    private async Task<string> LoginAsync(Person person)
    {
        var key = Guid.NewGuid().ToString("N");
        (await app.OnAsync(person.Email, (m, u) => m.AddLoginAsync(u, new UserLoginInfo("Example", key, "Example")))).ShouldSucceed();
        return key;
    }

    private sealed class NoWinter : IPasswordValidator<User>
    {
        public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
            Task.FromResult(
                password?.Contains("winter", StringComparison.Ordinal) == true
                    ? IdentityResult.Failed(new IdentityError { Code = "winter", Description = "No winters here." })
                    : IdentityResult.Success
            );
    }
}

/// <summary>A controller by a developer who knows the framework but not this product.</summary>
[Route("api/v1/sign-in-test")]
public sealed class SignInTestController(SignInManager<User> signIn, UserManager<User> users) : ControllerBase
{
    [HttpPost("password")]
    [AllowAnonymous]
    public async Task<string> Password([FromQuery] string email, [FromQuery] string password) =>
        (await signIn.PasswordSignInAsync(email, password, isPersistent: true, lockoutOnFailure: true)).ToString();

    [HttpPost("check")]
    [AllowAnonymous]
    public async Task<string> Check([FromQuery] string email, [FromQuery] string password) =>
        (await signIn.CheckPasswordSignInAsync((await users.FindByEmailAsync(email))!, password, lockoutOnFailure: true)).ToString();

    [HttpPost("remember-browser")]
    public async Task<string> RememberBrowser()
    {
        var user = (await users.GetUserAsync(User))!;
        var before = await signIn.IsTwoFactorClientRememberedAsync(user);
        await signIn.RememberTwoFactorClientAsync(user);
        return $"{before}";
    }

    [HttpPost("forget-browser")]
    public async Task<string> ForgetBrowser()
    {
        await signIn.ForgetTwoFactorClientAsync();
        return "forgotten";
    }

    [HttpPost("two-factor-user")]
    [AllowAnonymous]
    public async Task<string> TwoFactorUser() => (await signIn.GetTwoFactorAuthenticationUserAsync())!.Email;

    [HttpPost("code")]
    [AllowAnonymous]
    public async Task<string> Code([FromQuery] string code) =>
        (await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: true, rememberClient: true)).ToString();

    [HttpPost("login")]
    [AllowAnonymous]
    public async Task<string> Login([FromQuery] string key) =>
        (await signIn.ExternalLoginSignInAsync("Example", key, isPersistent: true)).ToString();

    [HttpPost("sign-in")]
    [AllowAnonymous]
    public async Task<string> SignInByEmail([FromQuery] string email)
    {
        await signIn.SignInAsync((await users.FindByEmailAsync(email))!, isPersistent: false);
        return $"{User.Identity!.Name} {signIn.IsSignedIn(User)}";
    }

    [HttpPost("teams")]
    public string Teams() =>
        $"{string.Join(' ', User.FindAll("team").Select(c => c.Value).Order(StringComparer.Ordinal))}, "
        + $"{User.FindAll(ClaimTypes.Role).Count()} roles";

    [HttpPost("sign-out")]
    [AllowAnonymous]
    public async Task<string> SignOutSession()
    {
        await signIn.SignOutAsync();
        return "signed out";
    }
}
