using Roundtable.Tests.Accounts;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Passwords;

[Category(Databases.OnServer)]
public sealed class PasswordChangeTests : AccountTests
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(1);

    [Test]
    public async Task Change_EndsOtherSessionsAndPendingLinks_WhenItSucceeds()
    {
        using var person = await Person.WithPasswordAsync(App);
        var elsewhere = await person.AtNewBrowserAsync();
        var link = await person.Browser.AskForLinkAsync(App, person.Email);

        (await ChangeAsync(person, Person.Password, Person.NewPassword)).ShouldSucceed(204);

        Assert.That(await person.Browser.IsSignedInAsync(), Is.True);
        Assert.That(await elsewhere.IsSignedInAsync(), Is.False);
        (await elsewhere.PostAsync("/auth/magic-link/verify", new { token = link })).ShouldFail(400, "invalid_token");
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        (await person.TryPasswordAsync(Person.NewPassword)).ShouldSucceed();
        Assert.That(
            await person.MailsAsync(Subjects.PasswordChanged),
            Has.Count.EqualTo(2),
            "one for the first password, one for the second"
        );
    }

    [TestCase("not the password")]
    [TestCase("")]
    [TestCase(null)]
    public async Task Change_IsRefused_WhenCurrentPasswordIsWrongOrMissing(string? current)
    {
        using var person = await Person.WithPasswordAsync(App);

        (await ChangeAsync(person, current, Person.NewPassword)).ShouldFail(401, "invalid_credentials");

        (await person.TryPasswordAsync()).ShouldSucceed();
    }

    [Test]
    public async Task Change_RequiresNoCurrentPassword_WhenThereIsNone()
    {
        using var person = await Person.ByLinkAsync(App);

        (await ChangeAsync(person, null, "short")).ShouldFail(400, "validation_failed");
        (await ChangeAsync(person, null, Person.Password)).ShouldSucceed(204);

        (await person.TryPasswordAsync()).ShouldSucceed();
        Assert.That(await person.MailsAsync(Subjects.PasswordChanged), Has.Count.EqualTo(1));
    }

    [Test]
    [Category("threat-19")]
    public async Task Change_CountsTowardsLockout_WhenCurrentPasswordIsWrong()
    {
        using var person = await Person.WithPasswordAsync(App);
        for (var i = 0; i < 5; i++)
        {
            (await ChangeAsync(person, "not the password", Person.NewPassword)).ShouldFail(401, "invalid_credentials");
        }

        (await ChangeAsync(person, Person.Password, Person.NewPassword)).ShouldFail(401, "invalid_credentials");
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    public async Task Change_IsRefused_WhenSignedOut()
    {
        using var browser = App.NewBrowser();

        (await browser.PostAsync("/auth/password/change", new { newPassword = Person.NewPassword })).ShouldFail(401, "unauthenticated");
        (await browser.PostAsync("/auth/reauthenticate", new { password = Person.Password })).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Session_IsFreshForADay_AndAfterReauthentication()
    {
        using var person = await Person.WithPasswordAsync(App);

        await App.EvaluateAsync(FreshFor - TimeSpan.FromSeconds(1));
        (await person.Browser.GetAsync("/auth/two-factor")).ShouldSucceed();
        await App.EvaluateAsync(TimeSpan.FromSeconds(1));
        (await person.Browser.GetAsync("/auth/two-factor")).ShouldFail(403, "session_not_fresh");
        (await ChangeAsync(person, Person.Password, Person.NewPassword)).ShouldFail(403, "session_not_fresh");

        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = "not the password" })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await person.Browser.GetAsync("/auth/two-factor")).ShouldFail(403, "session_not_fresh");
        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = Person.Password })).ShouldSucceed(204);

        await App.EvaluateAsync(FreshFor - TimeSpan.FromSeconds(1));
        (await person.Browser.GetAsync("/auth/two-factor")).ShouldSucceed();
        await App.EvaluateAsync(TimeSpan.FromSeconds(1));
        (await person.Browser.GetAsync("/auth/two-factor")).ShouldFail(403, "session_not_fresh");
    }

    [TestCase("GET", "/auth/two-factor")]
    [TestCase("DELETE", "/auth/two-factor")]
    [TestCase("POST", "/auth/two-factor/setup")]
    [TestCase("POST", "/auth/two-factor/confirm")]
    [TestCase("POST", "/auth/two-factor/recovery-codes")]
    [TestCase("POST", "/auth/email/change")]
    [TestCase("POST", "/auth/password/change")]
    [TestCase("POST", "/auth/passkeys/registration/options")]
    [TestCase("POST", "/auth/passkeys/registration")]
    [TestCase("GET", "/passkeys")]
    [TestCase("PATCH", "/passkeys/x")]
    [TestCase("DELETE", "/passkeys/x")]
    [TestCase("DELETE", "/users/me")]
    [TestCase("GET", "/users/me/export")]
    public async Task Endpoint_RequiresAFreshSession_WhenItChangesCredentials(string method, string path)
    {
        using var person = await Person.ByLinkAsync(App);

        await App.EvaluateAsync(FreshFor);

        (await person.Browser.SendAsync(new HttpMethod(method), path, method is "POST" or "PATCH" ? "{}" : null)).ShouldFail(
            403,
            "session_not_fresh"
        );
    }

    [Test]
    public async Task Reauthenticate_RequiresTheSecondFactor_WhenItIsOn()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        await App.EvaluateAsync(FreshFor);

        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = Person.Password })).ShouldFail(403, "two_factor_required");
        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = Person.Password, code = person.WrongCode() })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = "not the password", code = person.Code() })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await person.Browser.GetAsync("/auth/two-factor")).ShouldFail(403, "session_not_fresh");

        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = Person.Password, code = person.Code() })).ShouldSucceed(
            204
        );
        (await person.Browser.GetAsync("/auth/two-factor")).ShouldSucceed();
        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = Person.Password, code = person.Code() })).ShouldFail(
            401,
            "invalid_credentials"
        );
    }

    [Test]
    [Category("threat-19")]
    public async Task Reauthenticate_CountsTowardsLockout_WhenPasswordIsWrong()
    {
        using var person = await Person.WithPasswordAsync(App);
        for (var i = 0; i < 5; i++)
        {
            (await person.Browser.PostAsync("/auth/reauthenticate", new { password = "not the password" })).ShouldFail(
                401,
                "invalid_credentials"
            );
        }

        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = Person.Password })).ShouldFail(401, "invalid_credentials");
        Assert.That(await person.Browser.IsSignedInAsync(), Is.True);
    }

    [Test]
    public async Task Reauthenticate_IsRefused_WhenAccountHasNoPassword()
    {
        using var person = await Person.ByLinkAsync(App);

        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = "" })).ShouldFail(401, "invalid_credentials");
    }

    private static Task<Answer> ChangeAsync(Person person, string? currentPassword, string newPassword) =>
        person.Browser.PostAsync("/auth/password/change", new { currentPassword, newPassword });
}
