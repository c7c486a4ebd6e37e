using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Passwords;

public sealed class PasswordRecoveryTests : AccountTests
{
    [Test]
    [Category("threat-20")]
    public async Task Forgot_ReturnsTheSameResponse_ForEveryAddress()
    {
        using var person = await Person.ByLinkAsync(App);
        using var unverified = await Person.UnverifiedAsync(App);
        using var banned = await Person.ByLinkAsync(App);
        using var admin = await App.SignInAsAdminAsync();
        (await admin.PostAsync($"/admin/users/{banned.Id}/ban", new { reason = "Spam" })).ShouldSucceed();
        var stranger = TestApp.NewEmail();
        using var browser = App.NewBrowser();

        var responses = new List<string>();
        foreach (var email in (string[])[stranger, person.Email, unverified.Email, banned.Email])
        {
            responses.Add((await ForgotAsync(browser, email)).ShouldSucceed(202).Comparable());
        }

        Assert.That(responses.Distinct().Count(), Is.EqualTo(1), string.Join("\n", responses));
        Assert.That(await App.MailsToAsync(stranger), Is.Empty);
        Assert.That(await person.MailsAsync(Subjects.PasswordReset), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Forgot_MailsAtMostFive_In15Minutes()
    {
        using var person = await Person.ByLinkAsync(App);
        using var browser = App.NewBrowser();
        for (var i = 0; i < 7; i++)
        {
            (await ForgotAsync(browser, person.Email)).ShouldSucceed(202);
        }

        Assert.That(await person.MailsAsync(Subjects.PasswordReset), Has.Count.EqualTo(5));
        await App.EvaluateAsync(TimeSpan.FromMinutes(15));
        (await ForgotAsync(browser, person.Email)).ShouldSucceed(202);
        Assert.That(await person.MailsAsync(Subjects.PasswordReset), Has.Count.EqualTo(6));
    }

    [Test]
    [Category("threat-3")]
    public async Task Reset_EndsEverySessionAndPendingLink_WhenItSucceeds()
    {
        using var person = await Person.WithPasswordAsync(App);
        var elsewhere = await person.AtNewBrowserAsync();
        var pending = TestApp.NewEmail("pending");
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail = pending })).ShouldSucceed(202);
        var link = await person.Browser.AskForLinkAsync(App, person.Email);
        var token = await ForgottenAsync(person);

        var reset = (await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(
            204
        );

        Assert.That(reset.SetsCookie("roundtable.session"), Is.Null, "a reset does not sign in");
        Assert.That(await person.Browser.IsSignedInAsync(), Is.False);
        Assert.That(await elsewhere.IsSignedInAsync(), Is.False);
        var confirm = (await App.NewestMailAsync(pending, Subjects.ConfirmChange)).Token;
        (await elsewhere.PostAsync("/auth/email/change/confirm", new { token = confirm })).ShouldFail(400, "invalid_token");
        (await elsewhere.PostAsync("/auth/magic-link/verify", new { token = link })).ShouldFail(400, "invalid_token");
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        (await person.TryPasswordAsync(Person.NewPassword)).ShouldSucceed();
        var notice = await App.NewestMailAsync(person.Email, Subjects.PasswordChanged);
        Assert.That(notice.Text, Does.Not.Contain("#token=").And.Not.Contain(Person.NewPassword));
    }

    [Test]
    [Category("threat-4")]
    public async Task Reset_SucceedsOnce_With50ParallelAttempts()
    {
        using var person = await Person.ByLinkAsync(App);
        var token = await ForgottenAsync(person);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i => person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = $"{Person.NewPassword} {i}" }))
        );

        var winner = Array.FindIndex(answers, a => a.Status == 204);
        Assert.That(answers.Count(a => a.Status == 204), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 204).Select(a => a.Code).Distinct(), Is.EqualTo(new[] { "invalid_token" }));
        (await person.TryPasswordAsync($"{Person.NewPassword} {winner}")).ShouldSucceed();
        Assert.That(await person.MailsAsync(Subjects.PasswordChanged), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Reset_KeepsLinkAndSessions_WhenPasswordIsRefused()
    {
        using var person = await Person.ByLinkAsync(App);
        var token = await ForgottenAsync(person);

        foreach (var weak in (string[])["short", "1234567890", person.Email])
        {
            var refused = (await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = weak })).ShouldFail(
                400,
                "validation_failed"
            );
            Assert.That(refused.Json["errors"]!["newPassword"], Is.Not.Null, refused.Text);
        }

        Assert.That(await person.Browser.IsSignedInAsync(), Is.True);
        (await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);
        (await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.Password })).ShouldFail(
            400,
            "invalid_token"
        );
    }

    [Test]
    public async Task Reset_VerifiesTheAddress()
    {
        using var person = await Person.UnverifiedAsync(App);
        var verification = (await App.NewestMailAsync(person.Email, Subjects.Verification)).Token;
        var token = await ForgottenAsync(person);

        (await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);

        (await person.Browser.PostAsync("/auth/email/verify", new { token = verification })).ShouldFail(400, "invalid_token");
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        var signedIn = (await person.TryPasswordAsync(Person.NewPassword)).ShouldSucceed();
        Assert.That((bool?)signedIn.Data["user"]!["emailVerified"], Is.True);
    }

    [TestCase(-1, 204)]
    [TestCase(0, 400)]
    [TestCase(1, 400)]
    public async Task Reset_IsValidForAnHour(int secondsPast, int status)
    {
        using var person = await Person.ByLinkAsync(App);
        var token = await ForgottenAsync(person);

        await App.EvaluateAsync(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(secondsPast));
        var answer = await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword });

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
    }

    [Test]
    public async Task Reset_AcceptsTheNewestLinkOnly()
    {
        using var person = await Person.ByLinkAsync(App);
        var (first, second) = (await ForgottenAsync(person), await ForgottenAsync(person));

        (await person.Browser.PostAsync("/auth/password/reset", new { token = first, newPassword = Person.NewPassword })).ShouldFail(
            400,
            "invalid_token"
        );
        (await person.Browser.PostAsync("/auth/password/reset", new { token = second, newPassword = Person.NewPassword })).ShouldSucceed(
            204
        );
    }

    [Test]
    [Category("threat-1")]
    public async Task Tokens_AreAccepted_ForTheirOwnPurposeOnly()
    {
        using var person = await Person.ByLinkAsync(App);
        using var unverified = await Person.UnverifiedAsync(App);
        var newEmail = TestApp.NewEmail("new");
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        var tokens = new Dictionary<string, string>
        {
            ["/auth/magic-link/verify"] = await person.Browser.AskForLinkAsync(App, person.Email),
            ["/auth/password/reset"] = await ForgottenAsync(person),
            ["/auth/email/verify"] = (await App.NewestMailAsync(unverified.Email, Subjects.Verification)).Token,
            ["/auth/email/change/confirm"] = (await App.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token,
            ["/auth/email/change/undo"] = "x",
        };
        foreach (var path in tokens.Keys)
        {
            foreach (
                var token in (string[])
                    [.. tokens.Where(t => t.Key != path).Select(t => t.Value), "", new string('A', 43), new string('A', 256)]
            )
            {
                (await RedeemAsync(person.Browser, path, token)).ShouldFail(400, "invalid_token");
            }
        }

        (await RedeemAsync(person.Browser, "/auth/email/verify", tokens["/auth/email/verify"])).ShouldSucceed(204);
        (await RedeemAsync(person.Browser, "/auth/magic-link/verify", tokens["/auth/magic-link/verify"])).ShouldSucceed();
        (await RedeemAsync(person.Browser, "/auth/password/reset", tokens["/auth/password/reset"])).ShouldSucceed(204);
    }

    private static Task<Answer> RedeemAsync(Browser browser, string path, string token) =>
        browser.PostAsync(
            path,
            path.EndsWith("reset", StringComparison.Ordinal) ? new { token, newPassword = Person.NewPassword } : new { token }
        );

    private static Task<Answer> ForgotAsync(Browser browser, string email) => browser.PostAsync("/auth/password/forgot", new { email });

    private async Task<string> ForgottenAsync(Person person)
    {
        (await ForgotAsync(person.Browser, person.Email)).ShouldSucceed(202);
        var mail = await App.NewestMailAsync(person.Email, Subjects.PasswordReset);
        Assert.That(mail.Text, Does.Contain("/reset-password#token="));
        return mail.Token;
    }
}
