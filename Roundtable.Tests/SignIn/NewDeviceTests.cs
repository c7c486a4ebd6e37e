using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SignIn;

public sealed class NewDeviceTests : AccountTests
{
    [Test]
    public async Task SignIn_MailsNotification_WhenBrowserIsNewAndNotTheFirst()
    {
        using var person = await Person.WithPasswordAsync(App);
        Assert.That(await person.MailsAsync(Subjects.NewDevice), Is.Empty, "the first browser is not reported");

        using var other = person.NewBrowser(Person.OtherAgent);
        (await SignInAsync(other, person)).ShouldSucceed();
        var notice = await App.NewestMailAsync(person.Email, Subjects.NewDevice);
        Assert.That(notice.Text, Does.Contain("Safari on iPhone").And.Contain("a password").And.Contain("/not-me#token="));

        (await other.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        (await SignInAsync(other, person)).ShouldSucceed();
        Assert.That(await person.MailsAsync(Subjects.NewDevice), Has.Count.EqualTo(1), "the browser is known now");

        (await person.TryPasswordAsync(userAgent: Person.OtherAgent)).ShouldSucceed();
        Assert.That(await person.MailsAsync(Subjects.NewDevice), Has.Count.EqualTo(2), "another browser of the same kind is reported");
    }

    private static Task<Answer> SignInAsync(Browser browser, Person person) =>
        browser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password });

    [Test]
    public async Task SignIn_MailsNotification_WithEverySignInMethod()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        using var browser = person.NewBrowser(Person.OtherAgent);
        (
            await browser.PostAsync("/auth/magic-link/verify", new { token = await browser.AskForLinkAsync(App, person.Email) })
        ).ShouldSucceed();
        Assert.That(await person.MailsAsync(Subjects.NewDevice), Is.Empty, "a pending second step is not a sign-in");

        (await browser.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync() })).ShouldSucceed();

        Assert.That((await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Text, Does.Contain("a link by mail"));
    }
}
