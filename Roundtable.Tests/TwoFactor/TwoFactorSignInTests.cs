using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.TwoFactor;

public sealed class TwoFactorSignInTests : AccountTests
{
    private const string Verify = "/auth/two-factor/verify";
    private const string Challenge = "roundtable.two-factor";
    private static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(10);

    [TestCase("magicLink")]
    [TestCase("password")]
    [Category("threat-29")]
    public async Task SignIn_RequiresASecondStep_AfterEveryFirstStep(string method)
    {
        using var person = await Person.WithTwoFactorAsync(App, password: method == "password");
        var browser = person.NewBrowser();

        var first =
            method == "password"
                ? await browser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })
                : await browser.PostAsync("/auth/magic-link/verify", new { token = await browser.AskForLinkAsync(App, person.Email) });

        first.ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((bool?)first.Data["twoFactorRequired"], Is.True);
            Assert.That(first.Data["user"], Is.Null);
            Assert.That(first.Data["session"], Is.Null);
            Assert.That(browser.SessionCookie, Is.Null);
            Assert.That(first.Header("Set-Cookie"), Does.Contain(Challenge).And.Contain("httponly").And.Contain("samesite=lax"));
        });
        Assert.That(await browser.IsSignedInAsync(), Is.False);

        var second = (await browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((bool?)second.Data["twoFactorRequired"], Is.False);
            Assert.That((string?)second.Data["user"]!["id"], Is.EqualTo(person.Id));
            Assert.That((string?)second.Data["session"]!["method"], Is.EqualTo("twoFactor"));
            Assert.That(browser.SessionCookie, Is.Not.Null);
        });
        Assert.That(await browser.IsSignedInAsync(), Is.True);
        (await browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    public async Task SignIn_KeepsTheOptionsOfTheFirstStep()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var browser = person.NewBrowser();
        (
            await browser.PostAsync(
                "/auth/sign-in",
                new
                {
                    email = person.Email,
                    password = Person.Password,
                    rememberMe = false,
                }
            )
        ).ShouldSucceed();

        var second = (await browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldSucceed();

        Assert.That((DateTime)second.Data["session"]!["expiresAt"]!, Is.EqualTo(App.Now.AddDays(1)).Within(TimeSpan.FromSeconds(1)));
        (await browser.PostAsync("/auth/magic-link", new { email = person.Email, callbackUrl = "/settings" })).ShouldSucceed(202);
        var token = (await App.NewestMailAsync(person.Email, Subjects.MagicLink)).Token;
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
        second = (await browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldSucceed();
        Assert.That((string?)second.Data["callbackUrl"], Is.EqualTo("/settings"));
    }

    [Test]
    [Category("threat-10")]
    public async Task Challenge_IsRefused_AtEveryOtherEndpoint()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var browser = await person.HalfSignedInAsync();
        var endpoints = App
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<ControllerActionDescriptor>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null
            )
            .SelectMany(e =>
                e.Metadata.GetRequiredMetadata<HttpMethodMetadata>()
                    .HttpMethods.Select(m => (Method: m, Path: $"/{e.RoutePattern.RawText}"))
            )
            .Select(e =>
                (
                    e.Method,
                    Path: e.Path.Replace("{id}", person.Id, StringComparison.Ordinal).Replace("{name}", "user", StringComparison.Ordinal)
                )
            )
            .ToList();

        Assert.That(endpoints, Has.Count.GreaterThan(30));
        foreach (var (method, path) in endpoints)
        {
            using var csv = new StringContent("", null, "text/csv");
            object? body =
                method is "GET" or "DELETE" ? null
                : path.EndsWith("/import", StringComparison.Ordinal) ? csv
                : "{}";
            var answer = await browser.SendAsync(new HttpMethod(method), path, body);
            Assert.That((answer.Status, answer.Code), Is.EqualTo((401, "unauthenticated")), $"{method} {path}: {answer.Text}");
        }

        (await browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldSucceed();
    }

    [Test]
    [Category("threat-10")]
    public async Task Challenge_IsNotAcceptedAsASession()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var browser = person.NewBrowser();
        var first = await browser.PostAsync("/auth/magic-link/verify", new { token = await browser.AskForLinkAsync(App, person.Email) });
        var challenge = first.SetsCookie(Challenge)!;
        using var thief = App.NewBrowser();
        thief.SessionCookie = challenge;

        (await thief.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        foreach (
            var path in (string[])["/auth/magic-link/verify", "/auth/email/verify", "/auth/email/change/confirm", "/auth/email/change/undo"]
        )
        {
            (await thief.PostAsync(path, new { token = challenge })).ShouldFail(400, "invalid_token");
        }
    }

    [Test]
    [Category("threat-4")]
    public async Task Code_OpensOneSession_With50ParallelAttemptsOver10Challenges()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var code = await person.NextCodeAsync();
        var browsers = new List<Browser>();
        for (var i = 0; i < 10; i++)
        {
            browsers.Add(person.NewBrowser());
            (await browsers[i].PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
        }

        var before = await LiveSessionsAsync(person);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => browsers[i % 10].PostAsync(Verify, new { code })));

        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 200).Select(a => a.Code).Distinct(), Is.EqualTo(new[] { "invalid_credentials" }));
        Assert.That(await LiveSessionsAsync(person), Is.EqualTo(before + 1));
    }

    [Test]
    [Category("threat-4")]
    public async Task RecoveryCode_OpensOneSession_With50ParallelAttempts()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var browsers = new List<Browser>();
        for (var i = 0; i < 4; i++)
        {
            browsers.Add(await person.HalfSignedInAsync());
        }

        var before = await LiveSessionsAsync(person);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => browsers[i % 4].PostAsync(Verify, new { recoveryCode = person.RecoveryCodes[0] }))
        );

        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 200).Select(a => a.Code).Distinct(), Is.EqualTo(new[] { "invalid_credentials" }));
        Assert.That(await LiveSessionsAsync(person), Is.EqualTo(before + 1));
        Assert.That((int?)(await person.Browser.GetAsync("/auth/two-factor")).Data["recoveryCodesLeft"], Is.EqualTo(9));
    }

    [Test]
    public async Task Code_IsRefused_WhenItOrALaterOneWasUsed()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var (first, second) = (await person.NextCodeAsync(), await person.NextCodeAsync());
        (await (await person.HalfSignedInAsync()).PostAsync(Verify, new { code = second })).ShouldSucceed();

        var browser = await person.HalfSignedInAsync();
        (await browser.PostAsync(Verify, new { code = second })).ShouldFail(401, "invalid_credentials");
        (await browser.PostAsync(Verify, new { code = first })).ShouldFail(401, "invalid_credentials");
        (await browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldSucceed();
    }

    [TestCase("lower")]
    [TestCase("no hyphens")]
    [TestCase("blanks")]
    public async Task RecoveryCode_IgnoresCaseAndSeparators(string how)
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var code = person.RecoveryCodes[3];
        var typed = how switch
        {
            "no hyphens" => code.Replace("-", "", StringComparison.Ordinal),
            "blanks" => $" {code.Replace('-', ' ')} ",
            _ => string.Concat(code.Select(char.ToLowerInvariant)),
        };

        (await (await person.HalfSignedInAsync()).PostAsync(Verify, new { recoveryCode = typed })).ShouldSucceed();
        (await (await person.HalfSignedInAsync()).PostAsync(Verify, new { recoveryCode = code })).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    [Category("threat-19")]
    public async Task Challenge_Ends_AfterFiveWrongCodes()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var (four, five) = (await person.HalfSignedInAsync(), await person.HalfSignedInAsync());
        foreach (var (browser, times) in ((Browser, int)[])[(four, 4), (five, 5)])
        {
            for (var i = 0; i < times; i++)
            {
                (await browser.PostAsync(Verify, new { code = person.WrongCode() })).ShouldFail(401, "invalid_credentials");
            }
        }

        (await five.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldFail(401, "invalid_credentials");
        (await five.PostAsync(Verify, new { recoveryCode = person.RecoveryCodes[0] })).ShouldFail(401, "invalid_credentials");
        (await four.PostAsync(Verify, new { code = person.Code() })).ShouldSucceed();
        Assert.That(
            (int?)(await person.Browser.GetAsync("/auth/two-factor")).Data["recoveryCodesLeft"],
            Is.EqualTo(10),
            "an ended challenge consumes no code"
        );
    }

    [Test]
    [Category("threat-19")]
    public async Task Account_LimitsWrongCodesPerHour_AcrossChallenges()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        for (var i = 0; i < 6; i++)
        {
            var guesser = person.NewBrowser();
            (await guesser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
            for (var j = 0; j < 5; j++)
            {
                await guesser.PostAsync(Verify, new { code = person.WrongCode() });
            }
        }

        var browser = await person.HalfSignedInAsync();
        (await browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldFail(401, "invalid_credentials");
        await App.EvaluateAsync(TimeSpan.FromHours(1));
        (await (await person.HalfSignedInAsync()).PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldSucceed();
    }

    [TestCase(-1, 200)]
    [TestCase(0, 401)]
    [TestCase(1, 401)]
    public async Task Challenge_LastsTenMinutes(int secondsPast, int status)
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var browser = await person.HalfSignedInAsync();

        await App.EvaluateAsync(ChallengeLifetime + TimeSpan.FromSeconds(secondsPast));
        var answer = await browser.PostAsync(Verify, new { code = person.Code() });

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
    }

    [Test]
    public async Task SecondStep_IsRefused_WhenThereWasNoFirst()
    {
        using var person = await Person.WithTwoFactorAsync(App);

        (await person.NewBrowser().PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldFail(401, "invalid_credentials");
        (await person.Browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldFail(401, "invalid_credentials");
        (await person.NewBrowser().PostAsync(Verify, new { })).ShouldFail(400, "validation_failed");
        (await person.NewBrowser().PostAsync(Verify, new { code = "123456", recoveryCode = "x" })).ShouldFail(400, "validation_failed");
        (await person.NewBrowser().PostAsync(Verify, new { code = "123456", userId = person.Id })).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task SecondStep_ReportsABan_ImposedInBetween()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var browser = await person.HalfSignedInAsync();
        using var admin = await App.SignInAsAdminAsync();
        (await admin.PostAsync($"/admin/users/{person.Id}/ban", new { reason = "Spam" })).ShouldSucceed();

        (await browser.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldFail(403, "user_banned");
    }

    [Test]
    [Category("threat-3")]
    public async Task Challenge_Ends_WhenThePasswordIsReset()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var thief = person.NewBrowser();
        (await thief.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
        (await person.Browser.PostAsync("/auth/password/forgot", new { email = person.Email })).ShouldSucceed(202);
        var token = (await App.NewestMailAsync(person.Email, Subjects.PasswordReset)).Token;

        (await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);

        (await thief.PostAsync(Verify, new { code = await person.NextCodeAsync() })).ShouldFail(401, "invalid_credentials");
        var owner = person.NewBrowser();
        var first = await owner.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.NewPassword });
        Assert.That((bool?)first.Data["twoFactorRequired"], Is.True, "a reset does not bypass the second factor");
    }

    private static async Task<int> LiveSessionsAsync(Person person) =>
        (await person.Browser.GetAsync("/sessions")).ShouldSucceed().Items.Count;
}
