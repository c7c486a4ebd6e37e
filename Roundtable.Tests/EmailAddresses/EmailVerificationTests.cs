using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

public sealed class EmailVerificationTests : AccountTests
{
    [Test]
    [Category("threat-20")]
    public async Task Request_ReturnsTheSameResponseAndMailsOnlyUnverifiedAccounts()
    {
        using var verified = await Person.ByLinkAsync(App);
        using var unverified = await Person.UnverifiedAsync(App);
        var stranger = TestApp.NewEmail();
        using var browser = App.NewBrowser();

        var responses = new List<string>();
        foreach (var email in (string[])[stranger, verified.Email, unverified.Email])
        {
            responses.Add((await browser.PostAsync("/auth/email/verification", new { email })).ShouldSucceed(202).Comparable());
        }

        Assert.That(responses.Distinct().Count(), Is.EqualTo(1), string.Join("\n", responses));
        Assert.That(await App.MailsToAsync(stranger), Is.Empty);
        Assert.That(await verified.MailsAsync(Subjects.Verification), Is.Empty);
        Assert.That(await unverified.MailsAsync(Subjects.Verification), Has.Count.EqualTo(2));
    }

    [Test]
    [Category("threat-4")]
    public async Task Verify_SucceedsOnce_With50ParallelAttempts()
    {
        using var person = await Person.UnverifiedAsync(App);
        var token = (await App.NewestMailAsync(person.Email, Subjects.Verification)).Token;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => person.Browser.PostAsync("/auth/email/verify", new { token }))
        );

        Assert.That(answers.Count(a => a.Status == 204), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Status != 204).Select(a => a.Code).Distinct(), Is.EqualTo(new[] { "invalid_token" }));
    }

    [TestCase(-1, 204)]
    [TestCase(0, 400)]
    [TestCase(1, 400)]
    public async Task Verify_IsValidForADay(int secondsPast, int status)
    {
        using var person = await Person.UnverifiedAsync(App);
        var token = (await App.NewestMailAsync(person.Email, Subjects.Verification)).Token;

        await App.EvaluateAsync(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(secondsPast));
        var answer = await person.Browser.PostAsync("/auth/email/verify", new { token });

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        Assert.That((await App.FindUserAsync(person.Email))!.EmailVerified, Is.EqualTo(status == 204));
    }

    [Test]
    [Category("threat-5")]
    public async Task Link_StaysValid_WhenMailScannersGetIt()
    {
        using var person = await Person.UnverifiedAsync(App);
        var token = (await App.NewestMailAsync(person.Email, Subjects.Verification)).Token;

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            Assert.That((await person.Browser.RawAsync(method, $"/verify-email?token={token}")).Header("Set-Cookie"), Is.Empty);
            Assert.That((await person.Browser.RawAsync(method, $"/api/v1/auth/email/verify?token={token}")).Status, Is.EqualTo(405));
        }

        (await person.Browser.PostAsync("/auth/email/verify", new { token })).ShouldSucceed(204);
    }
}
