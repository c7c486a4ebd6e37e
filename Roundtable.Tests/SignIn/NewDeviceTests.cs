using Roundtable.Tests.Accounts;

namespace Roundtable.Tests.SignIn;

public sealed class NewDeviceTests : AccountTests
{
    [Test]
    public async Task SignIn_MailsNotification_WhenDeviceIsNewAndNotTheFirst()
    {
        using var person = await Person.WithPasswordAsync(App);
        Assert.That(await person.MailsAsync(Subjects.NewDevice), Is.Empty, "the first device is not reported");

        (await person.TryPasswordAsync()).ShouldSucceed();
        Assert.That(await person.MailsAsync(Subjects.NewDevice), Is.Empty, "a second browser of the same kind is not reported");

        (await person.TryPasswordAsync(userAgent: Person.OtherAgent)).ShouldSucceed();
        var notice = await App.NewestMailAsync(person.Email, Subjects.NewDevice);
        Assert.That(notice.Text, Does.Contain("Safari on iPhone").And.Contain("a password").And.Not.Contain("#token="));

        (await person.TryPasswordAsync(userAgent: Person.OtherAgent)).ShouldSucceed();
        Assert.That(await person.MailsAsync(Subjects.NewDevice), Has.Count.EqualTo(1), "the device is known now");
    }

    [Test]
    public async Task SignIn_MailsNotification_WithEverySignInMethod()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var browser = person.NewBrowser(Person.OtherAgent);
        (
            await browser.PostAsync("/auth/magic-link/verify", new { token = await browser.AskForLinkAsync(App, person.Email) })
        ).ShouldSucceed();
        Assert.That(await person.MailsAsync(Subjects.NewDevice), Is.Empty, "a pending second step is not a sign-in");

        (await browser.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync() })).ShouldSucceed();

        Assert.That((await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Text, Does.Contain("a link by mail"));
    }
}
