using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.MagicLinks;

/// <summary>The code beside the link, the state of the waiting browser, and links in other browsers.</summary>
public sealed partial class MagicLinkCodeTests : AccountTests
{
    [Test]
    public async Task Code_SignsIn_InTheBrowserThatRequestedIt([Values] bool known)
    {
        using var person = known ? await Person.ByLinkAsync(App) : null;
        using var browser = App.NewBrowser();
        var (mail, code) = await RequestAsync(browser, person?.Email);
        Assert.That(mail.Subject, Does.Not.Contain(code));

        var answer = (await SendCodeAsync(browser, code)).ShouldSucceed();

        Assert.That((bool?)answer.Data["isNewUser"], Is.EqualTo(!known));
        Assert.That(await browser.IsSignedInAsync());
        (await browser.PostAsync("/auth/magic-link/verify", new { token = mail.Token })).ShouldFail(400, "invalid_token");
        (await SendCodeAsync(browser, code)).ShouldFail(400, "invalid_token");
    }

    [TestCase("lower case")]
    [TestCase("blanks")]
    [TestCase("no hyphen")]
    [TestCase("similar letters")]
    public async Task Code_IsRead_HoweverItIsTyped(string way)
    {
        using var browser = App.NewBrowser();
        var (_, code) = await RequestAsync(browser);
        var typed = way switch
        {
            "lower case" => code.ToLowerInvariant(),
            "blanks" => $"  {code.Replace("-", " - ", StringComparison.Ordinal)} ",
            "no hyphen" => code.Replace("-", "", StringComparison.Ordinal),
            _ => code.Replace('0', 'O').Replace('1', 'l'),
        };
        (await SendCodeAsync(browser, typed)).ShouldSucceed();
    }

    [Test]
    public async Task Link_UsesUpTheCode()
    {
        using var browser = App.NewBrowser();
        var (mail, code) = await RequestAsync(browser);
        (await browser.PostAsync("/auth/magic-link/verify", new { token = mail.Token })).ShouldSucceed();
        (await SendCodeAsync(browser, code)).ShouldFail(400, "invalid_token");
    }

    [Test]
    [Category("threat-48")]
    public async Task Code_IsWorthless_WithoutTheCookieOfItsBrowser()
    {
        using var browser = App.NewBrowser();
        using var other = App.NewBrowser();
        var email = TestApp.NewEmail();
        var (_, older) = await RequestAsync(other, email);
        var (_, code) = await RequestAsync(browser, email);

        (await SendCodeAsync(App.NewBrowser(), code)).ShouldFail(400, "invalid_token");
        (await SendCodeAsync(other, code)).ShouldFail(400, "invalid_token");
        (await SendCodeAsync(other, older)).ShouldFail(400, "invalid_token");

        (await SendCodeAsync(browser, code)).ShouldSucceed();
    }

    [Test]
    [Category("threat-48")]
    public async Task Code_IsDeadAfterFiveAttempts_AndTheLinkLives([Values] bool parallel)
    {
        // So many at once can exhaust a server's connections, after which the worker that sends mail pauses.
        await using var app = TestApp.Start();
        using var browser = app.NewBrowser();
        var (mail, code) = await RequestAsync(browser, app: app);
        var wrong = Wrong(code);
        if (parallel)
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => SendCodeAsync(browser, wrong)));
        }
        else
        {
            for (var i = 0; i < 5; i++)
            {
                (await SendCodeAsync(browser, wrong)).ShouldFail(400, "invalid_token");
            }
        }

        (await SendCodeAsync(browser, code)).ShouldFail(400, "invalid_token");
        Assert.That(await app.InspectAsync(db => db.OneTimeTokens.MaxAsync(t => t.FailedAttempts)), Is.EqualTo(5));
        (await browser.PostAsync("/auth/magic-link/verify", new { token = mail.Token })).ShouldSucceed();
    }

    [Test]
    [Category("threat-48")]
    public async Task Codes_OfOtherBrowsers_AreWorthless_HoweverMany()
    {
        const int Count = 10_000;
        await using var app = TestApp.Start();
        using var browser = app.NewBrowser();
        using var without = app.NewBrowser();
        using var asked = app.NewBrowser();
        var email = TestApp.NewEmail();
        await RequestAsync(asked, email, app);
        var (_, code) = await RequestAsync(browser, email, app);
        var statuses = new ConcurrentDictionary<int, int>();
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var guess = i % 100 == 0 ? code : $"{i:0000}-{Count - i:0000}";
            statuses.AddOrUpdate((await SendCodeAsync(i % 2 == 0 ? without : asked, guess)).Status, 1, (_, n) => n + 1);
        });
        Assert.That(statuses, Is.EqualTo(new Dictionary<int, int> { [400] = Count }));
        (await SendCodeAsync(browser, code)).ShouldSucceed();
    }

    [Test]
    public async Task RequestOverTheLimit_LeavesTheLastMailToItsBrowser([Values] bool otherDevice)
    {
        await using var app = TestApp.Start(("Auth:MagicLink:OtherDevice", otherDevice ? "true" : "false"));
        using var browser = app.NewBrowser();
        var email = TestApp.NewEmail();
        for (var i = 0; i < 7; i++)
        {
            (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
        }

        var mails = await app.MailsToAsync(email, Subjects.MagicLink);
        Assert.That(mails, Has.Count.EqualTo(5));
        var info = (await browser.PostAsync("/auth/magic-link/inspect", new { token = mails[^1].Token })).ShouldSucceed().Data;
        Assert.That(((bool?)info["sameBrowser"], (bool?)info["canSignIn"]), Is.EqualTo((true, true)));
        (await SendCodeAsync(browser, Code().Match(mails[^1].Text).Value)).ShouldSucceed();
        Assert.That((string?)(await browser.GetAsync("/auth/magic-link/pending")).Data["state"], Is.EqualTo("signedIn"));
    }

    [Test]
    [Category("threat-48")]
    public async Task Codes_CountForTheAddress_AlsoWhereNoMailWasSent()
    {
        var email = TestApp.NewEmail();
        for (var request = 0; request < 6; request++)
        {
            using var stranger = App.NewBrowser();
            (await stranger.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
            for (var i = 0; request > 0 && i < 5; i++)
            {
                (await SendCodeAsync(stranger, "0000-0000")).ShouldFail(400, "invalid_token");
            }
        }

        await App.EvaluateAsync(TimeSpan.FromMinutes(16));
        using var browser = App.NewBrowser();
        var (_, code) = await RequestAsync(browser, email);
        (await SendCodeAsync(browser, code)).ShouldFail(400, "invalid_token");
    }

    [Test]
    [Category("threat-20")]
    public async Task Pending_Expires_WhenTheAccountEndsItsLinks()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var stranger = App.NewBrowser();
        (await stranger.PostAsync("/auth/magic-link", new { email = person.Email })).ShouldSucceed(202);
        (
            await person.Browser.PostAsync(
                "/auth/password/change",
                new { currentPassword = Person.Password, newPassword = Person.NewPassword }
            )
        ).ShouldSucceed(204);
        Assert.That((string?)(await stranger.GetAsync("/auth/magic-link/pending")).ShouldSucceed().Data["state"], Is.EqualTo("expired"));
    }

    [Test]
    public async Task Mail_GoesToTheAccountsSpellingOfTheAddress()
    {
        using var person = await Person.ByLinkAsync(App, $"Ada-{Guid.NewGuid():N}@example.com");
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/magic-link", new { email = person.Email.ToLowerInvariant() })).ShouldSucceed(202);
        Assert.That((await App.MailsToAsync(person.Email, Subjects.MagicLink))[^1].To, Is.EqualTo(person.Email));
    }

    [Test]
    [Category("threat-48")]
    public async Task Codes_AreLimitedPerAddress_ButNotForAKnownBrowser()
    {
        using var person = await Person.ByLinkAsync(App);
        for (var request = 0; request < 4; request++)
        {
            using var stranger = App.NewBrowser();
            var (_, right) = await RequestAsync(stranger, person.Email);
            for (var i = 0; i < 5; i++)
            {
                (await SendCodeAsync(stranger, Wrong(right))).ShouldFail(400, "invalid_token");
            }
        }

        await App.EvaluateAsync(TimeSpan.FromMinutes(16));
        using var another = App.NewBrowser();
        var (_, code) = await RequestAsync(another, person.Email);
        (await SendCodeAsync(another, code)).ShouldFail(400, "invalid_token");
        var (_, own) = await RequestAsync(person.Browser, person.Email);
        (await SendCodeAsync(person.Browser, own)).ShouldSucceed();
    }

    [Test]
    public async Task Code_LeadsToTheSecondFactor()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        using var browser = person.NewBrowser();
        var (_, code) = await RequestAsync(browser, person.Email);
        Assert.That((bool?)(await SendCodeAsync(browser, code)).ShouldSucceed().Data["twoFactorRequired"], Is.True);
        Assert.That(await browser.IsSignedInAsync(), Is.False);
    }

    [Test]
    public async Task Pending_FollowsTheLink()
    {
        using var browser = App.NewBrowser();
        (await browser.GetAsync("/auth/magic-link/pending")).ShouldFail(404, "not_found");
        var (mail, _) = await RequestAsync(browser);
        var waiting = (await browser.GetAsync("/auth/magic-link/pending")).ShouldSucceed().Data;
        Assert.Multiple(() =>
        {
            Assert.That((string?)waiting["state"], Is.EqualTo("waiting"));
            Assert.That((string?)waiting["email"], Does.Contain("***@"));
            Assert.That((DateTime?)waiting["canResendAt"], Is.EqualTo(App.Now).Within(TimeSpan.FromSeconds(5)));
        });

        var held = browser.GetAsync("/auth/magic-link/pending?wait=20");
        await Task.Delay(300);
        Assert.That(held.IsCompleted, Is.False);
        (await browser.PostAsync("/auth/magic-link/verify", new { token = mail.Token })).ShouldSucceed();
        var used = await held.WaitAsync(TimeSpan.FromSeconds(2));
        Assert.That((string?)used.ShouldSucceed().Data["state"], Is.EqualTo("signedIn"));
    }

    [TestCase("-1")]
    [TestCase("26")]
    [TestCase("1.5")]
    [TestCase("x")]
    [TestCase("")]
    [TestCase("1&wait=2")]
    public async Task Pending_RefusesAnInvalidWait(string wait)
    {
        using var browser = App.NewBrowser();
        (await browser.GetAsync($"/auth/magic-link/pending?wait={wait}")).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task Pending_IsExpired_WhenANewerRequestReplacesIt()
    {
        using var browser = App.NewBrowser();
        using var other = App.NewBrowser();
        var email = TestApp.NewEmail();
        await RequestAsync(browser, email);
        await RequestAsync(other, email);
        Assert.That((string?)(await browser.GetAsync("/auth/magic-link/pending?wait=5")).Data["state"], Is.EqualTo("expired"));
    }

    [Test]
    public async Task Pending_SaysWhenAnotherMailIsSent_AtTheLimit()
    {
        using var browser = App.NewBrowser();
        var email = TestApp.NewEmail();
        for (var i = 0; i < 6; i++)
        {
            (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
        }

        var pending = (await browser.GetAsync("/auth/magic-link/pending")).ShouldSucceed().Data;
        Assert.That((DateTime?)pending["canResendAt"], Is.EqualTo(App.Now.AddMinutes(15)).Within(TimeSpan.FromSeconds(20)));
    }

    [Test]
    [Category("threat-47")]
    public async Task Link_SignsInItsOwnBrowserOnly_WhenUsedElsewhere()
    {
        using var waiting = App.NewBrowser();
        using var clicking = App.NewBrowser(Person.OtherAgent);
        var (mail, _) = await RequestAsync(waiting);
        var seen = (await clicking.PostAsync("/auth/magic-link/inspect", new { token = mail.Token })).ShouldSucceed().Data;
        Assert.That((bool?)seen["sameBrowser"], Is.False);
        Assert.That((string?)seen["device"], Is.Not.Null);

        (await clicking.PostAsync("/auth/magic-link/verify", new { token = mail.Token })).ShouldSucceed();

        Assert.That(await clicking.IsSignedInAsync());
        Assert.That(await waiting.IsSignedInAsync(), Is.False);
        Assert.That((string?)(await waiting.GetAsync("/auth/magic-link/pending")).Data["state"], Is.EqualTo("usedElsewhere"));
    }

    [Test]
    public async Task Link_IsRefusedElsewhere_WhenOtherDevicesAreOff()
    {
        await using var app = TestApp.Start(("Auth:MagicLink:OtherDevice", "false"));
        using var browser = app.NewBrowser();
        var token = await browser.AskForLinkAsync(app, TestApp.NewEmail());
        (await app.NewBrowser().PostAsync("/auth/magic-link/verify", new { token })).ShouldFail(403, "other_browser");
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
    }

    [TestCase("de-AT", "Ihr Anmeldelink")]
    [TestCase("pt", "Seu link de login")]
    [TestCase("fr-CA", "Votre lien de connexion")]
    [TestCase("ja-JP", "ログイン")]
    public async Task Mail_IsInTheLanguageOfTheRequest(string locale, string words)
    {
        using var browser = App.NewBrowser();
        var email = TestApp.NewEmail();
        (await browser.PostAsync("/auth/magic-link", new { email, locale })).ShouldSucceed(202);
        Assert.That((await App.MailsToAsync(email))[^1].Subject, Does.Contain(words));
    }

    private async Task<(ReceivedMail Mail, string Code)> RequestAsync(Browser browser, string? email = null, TestApp? app = null)
    {
        email ??= TestApp.NewEmail();
        (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
        var mail = (await (app ?? App).MailsToAsync(email, Subjects.MagicLink))[^1];
        return (mail, Code().Match(mail.Text).Value);
    }

    private static Task<Answer> SendCodeAsync(Browser browser, string code) => browser.PostAsync("/auth/magic-link/code", new { code });

    private static string Wrong(string code) =>
        string.Concat(
            code.Select(c =>
                c == '-' ? c
                : c == 'A' ? 'B'
                : 'A'
            )
        );

    [GeneratedRegex(@"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")]
    private static partial Regex Code();
}
