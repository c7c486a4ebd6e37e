using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

public sealed class EmailChangeTests : AccountTests
{
    private static readonly TimeSpan UndoFor = TimeSpan.FromDays(7);

    [Test]
    [Category("threat-25")]
    public async Task Confirm_ChangesTheAddressAndNotifiesTheOldOne_WhenLinkIsValid()
    {
        using var person = await Person.WithPasswordAsync(App);
        var elsewhere = await person.AtNewBrowserAsync(Person.OtherAgent);
        var (link, forgotten) = (await person.Browser.AskForLinkAsync(App, person.Email), await ForgottenAsync(person));
        var newEmail = TestApp.NewEmail("new");

        var token = await AskAsync(person, newEmail);
        Assert.That(
            (string?)(await person.Browser.GetAsync("/users/me")).Data["email"],
            Is.EqualTo(person.Email),
            "the address changes only after confirmation"
        );
        (await App.NewBrowser().PostAsync("/auth/email/change/confirm", new { token })).ShouldSucceed(204);

        var me = (await person.Browser.GetAsync("/users/me")).ShouldSucceed();
        var notice = await App.NewestMailAsync(person.Email, Subjects.EmailChanged);
        Assert.Multiple(() =>
        {
            Assert.That((string?)me.Data["email"], Is.EqualTo(newEmail));
            Assert.That((bool?)me.Data["emailVerified"], Is.True);
            Assert.That((string?)me.Data["id"], Is.EqualTo(person.Id));
            Assert.That(notice.Text, Does.Contain(newEmail).And.Contain("/undo-email#token="));
        });
        Assert.That(await elsewhere.IsSignedInAsync(), Is.False);
        (await elsewhere.PostAsync("/auth/magic-link/verify", new { token = link })).ShouldFail(400, "invalid_token");
        (await elsewhere.PostAsync("/auth/password/reset", new { token = forgotten, newPassword = Person.NewPassword })).ShouldFail(
            400,
            "invalid_token"
        );
        (await elsewhere.PostAsync("/auth/email/change/confirm", new { token })).ShouldFail(400, "invalid_token");
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        (await elsewhere.PostAsync("/auth/sign-in", new { email = newEmail, password = Person.Password })).ShouldSucceed();
    }

    [Test]
    [Category("threat-20")]
    public async Task Request_ReturnsTheSameResponseAndNotifiesTheOwner_WhenAddressIsTaken()
    {
        using var person = await Person.ByLinkAsync(App);
        using var owner = await Person.ByLinkAsync(App);
        var free = TestApp.NewEmail("free");

        var responses = new List<string>();
        foreach (var newEmail in (string[])[free, owner.Email])
        {
            responses.Add((await person.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202).Comparable());
        }

        var mails = await owner.MailsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(responses.Distinct().Count(), Is.EqualTo(1), string.Join("\n", responses));
            Assert.That(mails[^1].Subject, Is.EqualTo(Subjects.ChangeTaken));
            Assert.That(mails[^1].Text, Does.Not.Contain("#token=").And.Not.Contain(person.Email));
            Assert.That(mails.Select(m => m.Subject), Has.None.EqualTo(Subjects.ConfirmChange));
        });
    }

    [Test]
    [Category("threat-4")]
    public async Task Confirm_SucceedsOnce_With50ParallelAttempts()
    {
        using var person = await Person.ByLinkAsync(App);
        var token = await AskAsync(person, TestApp.NewEmail("new"));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => person.Browser.PostAsync("/auth/email/change/confirm", new { token }))
        );

        Assert.That(answers.Count(a => a.Status == 204), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 204).Select(a => a.Code).Distinct(), Is.EqualTo(new[] { "invalid_token" }));
        Assert.That(await person.MailsAsync(Subjects.EmailChanged), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Confirm_IsRefused_WhenAddressWasTakenInBetween()
    {
        using var person = await Person.ByLinkAsync(App);
        var newEmail = TestApp.NewEmail("new");
        var token = await AskAsync(person, newEmail);
        using var quicker = await Person.ByLinkAsync(App, newEmail);

        (await person.Browser.PostAsync("/auth/email/change/confirm", new { token })).ShouldFail(400, "invalid_token");

        Assert.That((await App.FindUserAsync(newEmail))!.Id, Is.EqualTo(quicker.Id));
        Assert.That((await App.FindUserAsync(person.Email))!.Id, Is.EqualTo(person.Id));
    }

    [Test]
    public async Task Confirm_SucceedsForOne_WhenTwoRequestTheAddress()
    {
        using var one = await Person.ByLinkAsync(App);
        using var two = await Person.ByLinkAsync(App);
        var newEmail = TestApp.NewEmail("new");
        string[] tokens = [await AskAsync(one, newEmail), await AskAsync(two, newEmail)];

        var answers = await Task.WhenAll(tokens.Select(token => one.Browser.PostAsync("/auth/email/change/confirm", new { token })));

        Assert.That(answers.Count(a => a.Status == 204), Is.EqualTo(1));
        Assert.That(answers.Select(a => a.Status), Is.SubsetOf(new[] { 204, 400 }));
    }

    [TestCase(-1, 204)]
    [TestCase(0, 400)]
    [TestCase(1, 400)]
    public async Task Confirm_IsValidForAnHour(int secondsPast, int status)
    {
        using var person = await Person.ByLinkAsync(App);
        var token = await AskAsync(person, TestApp.NewEmail("new"));

        await App.EvaluateAsync(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(secondsPast));
        var answer = await person.Browser.PostAsync("/auth/email/change/confirm", new { token });

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
    }

    [Test]
    public async Task Request_IsRefused_WhenAddressIsUnchanged()
    {
        using var person = await Person.ByLinkAsync(App);

        var answer = (await person.Browser.PostAsync("/auth/email/change", new { newEmail = person.Email })).ShouldFail(
            400,
            "validation_failed"
        );

        Assert.That(answer.Json["errors"]!["newEmail"], Is.Not.Null, answer.Text);
    }

    [Test]
    public async Task Request_IsRefused_WhenSignedOut()
    {
        using var browser = App.NewBrowser();

        (await browser.PostAsync("/auth/email/change", new { newEmail = TestApp.NewEmail() })).ShouldFail(401, "unauthenticated");
    }

    [Test]
    [Category("threat-25")]
    public async Task Undo_RestoresTheAddressAndRevokesAllAccess_WhenLinkIsValid()
    {
        using var person = await Person.ByLinkAsync(App);
        var newEmail = TestApp.NewEmail("thief");
        var undo = await MoveAsync(person, newEmail);
        using var thief = App.NewBrowser();
        await thief.SignInWithMailAsync(App, newEmail);
        var link = await thief.AskForLinkAsync(App, newEmail);
        var further = await AskAsync(person, TestApp.NewEmail("further"));

        (await App.NewBrowser().PostAsync("/auth/email/change/undo", new { token = undo })).ShouldSucceed(204);

        Assert.That(await thief.IsSignedInAsync(), Is.False);
        Assert.That(await person.Browser.IsSignedInAsync(), Is.False);
        (await thief.PostAsync("/auth/magic-link/verify", new { token = link })).ShouldFail(400, "invalid_token");
        (await thief.PostAsync("/auth/email/change/confirm", new { token = further })).ShouldFail(400, "invalid_token");
        (await thief.PostAsync("/auth/email/change/undo", new { token = undo })).ShouldFail(400, "invalid_token");
        Assert.That(await App.FindUserAsync(newEmail), Is.Null);
        var back = await person.Browser.SignInWithMailAsync(App, person.Email);
        Assert.That((string?)back.Data["user"]!["id"], Is.EqualTo(person.Id));
        Assert.That((await App.NewestMailAsync(newEmail, Subjects.EmailBack)).Text, Does.Not.Contain("#token="));
    }

    [TestCase(-1, 204)]
    [TestCase(0, 400)]
    [TestCase(1, 400)]
    public async Task Undo_IsValidForAWeek(int secondsPast, int status)
    {
        using var person = await Person.ByLinkAsync(App);
        var undo = await MoveAsync(person, TestApp.NewEmail("new"));

        await App.EvaluateAsync(UndoFor + TimeSpan.FromSeconds(secondsPast));
        var answer = await person.Browser.PostAsync("/auth/email/change/undo", new { token = undo });

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
    }

    [Test]
    [Category("threat-3")]
    public async Task Undo_RemovesANewAccount_AtTheOldAddress()
    {
        using var person = await Person.ByLinkAsync(App);
        var undo = await MoveAsync(person, TestApp.NewEmail("thief"));
        using var newcomer = await Person.UnverifiedAsync(App, person.Email);

        (await person.Browser.PostAsync("/auth/email/change/undo", new { token = undo })).ShouldSucceed(204);

        Assert.That((await App.FindUserAsync(person.Email))!.Id, Is.EqualTo(person.Id));
        Assert.That(await App.ReadAsync(db => db.Users.AnyAsync(u => u.Id == newcomer.Id)), Is.False);
        (await newcomer.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
    }

    private async Task<string> AskAsync(Person person, string newEmail)
    {
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        var mail = await App.NewestMailAsync(newEmail, Subjects.ConfirmChange);
        Assert.That(mail.Text, Does.Contain("/confirm-email#token="));
        return mail.Token;
    }

    private async Task<string> MoveAsync(Person person, string newEmail)
    {
        (await person.Browser.PostAsync("/auth/email/change/confirm", new { token = await AskAsync(person, newEmail) })).ShouldSucceed(204);
        return (await App.NewestMailAsync(person.Email, Subjects.EmailChanged)).Token;
    }

    private async Task<string> ForgottenAsync(Person person)
    {
        (await person.Browser.PostAsync("/auth/password/forgot", new { email = person.Email })).ShouldSucceed(202);
        return (await App.NewestMailAsync(person.Email, Subjects.PasswordReset)).Token;
    }
}
