using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.TwoFactor;

public sealed class TrustedBrowserTests : AccountTests
{
    private static readonly TimeSpan TrustedFor = TimeSpan.FromDays(30);

    [TestCase(-1, false)]
    [TestCase(0, true)]
    public async Task SecondStep_IsSkippedFor30Days_OnATrustedBrowser(int secondsPast, bool required)
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var browser = await TrustedAsync(person);

        await App.EvaluateAsync(TrustedFor + TimeSpan.FromSeconds(secondsPast));

        Assert.That(await MustTakeSecondStepAsync(person, browser), Is.EqualTo(required));
        Assert.That(await MustTakeSecondStepAsync(person, person.NewBrowser()), Is.True, "trust applies to one browser only");
    }

    [Test]
    public async Task Trust_AppliesToPasswords_AndAfterSignOut()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var browser = await TrustedAsync(person);
        (await browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);

        var answer = (await browser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();

        Assert.That((bool?)answer.Data["twoFactorRequired"], Is.False);
        Assert.That((string?)answer.Data["session"]!["method"], Is.EqualTo("password"));
    }

    [Test]
    public async Task Trust_DoesNotApply_ToAnotherUserOfTheBrowser()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        using var other = await Person.WithTwoFactorAsync(App);
        var browser = await TrustedAsync(person);

        Assert.That(await MustTakeSecondStepAsync(other, browser), Is.True);
    }

    [Test]
    public async Task Trust_Ends_WhenItsSessionIsRevoked()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var (revoked, kept) = (await TrustedAsync(person), await TrustedAsync(person));
        // The trust moves to the newest session of the browser.
        Assert.That(await MustTakeSecondStepAsync(person, revoked), Is.False);
        var id = (string)(await revoked.GetAsync("/auth/session")).Data["session"]!["id"]!;

        (await person.Browser.DeleteAsync($"/sessions/{id}")).ShouldSucceed(204);

        Assert.That(await MustTakeSecondStepAsync(person, revoked), Is.True);
        Assert.That(await MustTakeSecondStepAsync(person, kept), Is.False);
    }

    [Test]
    public async Task Trust_IsKeptByTheCallersBrowserOnly_WhenAllOtherSessionsAreRevoked()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var (asks, other, signedOut) = (await TrustedAsync(person), await TrustedAsync(person), await TrustedAsync(person));
        (await signedOut.PostAsync("/auth/sign-out")).ShouldSucceed(204);

        (await asks.DeleteAsync("/sessions")).ShouldSucceed(204);

        Assert.That(await MustTakeSecondStepAsync(person, other), Is.True);
        Assert.That(await MustTakeSecondStepAsync(person, signedOut), Is.True);
        Assert.That(await MustTakeSecondStepAsync(person, asks), Is.False);
    }

    [Test]
    [Category("threat-3")]
    public async Task Trust_Ends_WhenAnAdminRevokesSessionsOrTwoFactorIsSetUpAgain([Values] bool byAdmin)
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var browser = await TrustedAsync(person);

        if (byAdmin)
        {
            using var admin = await App.SignInAsAdminAsync();
            (await admin.DeleteAsync($"/admin/users/{person.Id}/sessions")).ShouldSucceed(204);
        }
        else
        {
            await person.TurnOffTwoFactorAsync();
            await person.TurnOnTwoFactorAsync();
        }

        Assert.That(await MustTakeSecondStepAsync(person, browser), Is.True);
    }

    [Test]
    [Category("threat-3")]
    public async Task Trust_Ends_OnlyForUsersWhoseSessionsAnAdminRevokes()
    {
        await using var app = TestApp.Start();
        using var person = await Person.WithTwoFactorAsync(app);
        using var other = await Person.WithTwoFactorAsync(app);
        var (browser, kept) = (await TrustedAsync(person), await TrustedAsync(other));
        var root = await app.RootAsync();

        (await root.DeleteAsync($"/admin/sessions?search={Uri.EscapeDataString(person.Email)}")).ShouldSucceed();

        Assert.That(await MustTakeSecondStepAsync(person, browser, app), Is.True);
        Assert.That(await MustTakeSecondStepAsync(other, kept, app), Is.False);
    }

    private static async Task<Browser> TrustedAsync(Person person)
    {
        var browser = await person.HalfSignedInAsync();
        var answer = (
            await browser.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync(), trustBrowser = true })
        ).ShouldSucceed();
        Assert.That(answer.Header("Set-Cookie"), Does.Contain("roundtable.trusted-browser=").And.Contain("max-age=2592000"));
        return browser;
    }

    private async Task<bool> MustTakeSecondStepAsync(Person person, Browser browser, TestApp? app = null)
    {
        var answer = await browser.PostAsync(
            "/auth/magic-link/verify",
            new { token = await browser.AskForLinkAsync(app ?? App, person.Email) }
        );
        return (bool)answer.ShouldSucceed().Data["twoFactorRequired"]!;
    }
}
