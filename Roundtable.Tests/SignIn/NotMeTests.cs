using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SignIn;

/// <summary>The link "This wasn't me" in the notice of a new sign-in.</summary>
public sealed class NotMeTests : AccountTests
{
    [Test]
    public async Task NotMe_EndsAccess_AndRemovesWhatWasAddedSince()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var thief = person.NewBrowser(Person.OtherAgent);
        (await thief.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
        var token = (await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Token;
        (
            await thief.PostAsync("/auth/password/change", new { currentPassword = Person.Password, newPassword = Person.NewPassword })
        ).ShouldSucceed(204);

        (await App.NewBrowser().PostAsync("/auth/not-me", new { token })).ShouldSucceed(204);

        Assert.That(await thief.IsSignedInAsync(), Is.False);
        Assert.That(await person.Browser.IsSignedInAsync(), Is.False);
        (await person.TryPasswordAsync(Person.NewPassword)).ShouldFail(401, "invalid_credentials");
        var link = (await App.MailsToAsync(person.Email, Subjects.MagicLink))[^1].Token;
        (await App.NewBrowser().PostAsync("/auth/magic-link/verify", new { token = link })).ShouldSucceed();
        (await App.NewBrowser().PostAsync("/auth/not-me", new { token })).ShouldFail(400, "invalid_token");
    }

    [Test]
    public async Task NotMe_KeepsCredentials_ThatAreOlderThanTheSignIn()
    {
        using var person = await Person.WithPasswordAsync(App);
        (await person.TryPasswordAsync(userAgent: Person.OtherAgent)).ShouldSucceed();
        var token = (await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Token;
        (await App.NewBrowser().PostAsync("/auth/not-me", new { token })).ShouldSucceed(204);
        (await person.TryPasswordAsync()).ShouldSucceed();
    }

    [Test]
    public async Task NotMe_StaysValid_WhenNewerNoticesWereSent()
    {
        using var person = await Person.WithPasswordAsync(App);
        (await person.TryPasswordAsync(userAgent: Person.OtherAgent)).ShouldSucceed();
        var first = (await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Token;
        (await person.TryPasswordAsync(userAgent: Person.OtherAgent)).ShouldSucceed();
        var second = (await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Token;
        Assert.That(second, Is.Not.EqualTo(first));
        (await App.NewBrowser().PostAsync("/auth/not-me", new { token = second })).ShouldSucceed(204);
        (await App.NewBrowser().PostAsync("/auth/not-me", new { token = first })).ShouldSucceed(204);
    }

    [Test]
    public async Task NotMe_MailsTheUndoLinkAgain_WhenTheAddressWasChangedSince()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var thief = person.NewBrowser(Person.OtherAgent);
        (await thief.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
        var token = (await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Token;
        var taken = TestApp.NewEmail();
        (await thief.PostAsync("/auth/email/change", new { newEmail = taken })).ShouldSucceed(202);
        var confirm = (await App.NewestMailAsync(taken, Subjects.ConfirmChange)).Token;
        (await thief.PostAsync("/auth/email/change/confirm", new { token = confirm })).ShouldSucceed(204);
        var first = (await App.NewestMailAsync(person.Email, Subjects.EmailChanged)).Token;

        (await App.NewBrowser().PostAsync("/auth/not-me", new { token })).ShouldSucceed(204);

        var again = (await App.MailsToAsync(person.Email, Subjects.EmailChanged))[^1].Token;
        Assert.That(again, Is.Not.EqualTo(first));
        Assert.That(await App.MailsToAsync(taken, Subjects.MagicLink), Is.Empty, "the intruder gets no link");
        (await App.NewBrowser().PostAsync("/auth/email/change/undo", new { token = again })).ShouldSucceed(204);
        Assert.That((await App.FindUserAsync(person.Email))!.Id, Is.EqualTo(person.Id));
    }
}
