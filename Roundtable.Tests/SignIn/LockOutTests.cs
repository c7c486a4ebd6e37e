using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SignIn;

public sealed class LockOutTests : AccountTests
{
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    [Test]
    public async Task SignIn_IsRefusedFor15Minutes_AfterFiveFailures()
    {
        using var person = await Person.WithPasswordAsync(App);
        await FailAsync(person, 4);
        (await person.TryPasswordAsync()).ShouldSucceed();
        await FailAsync(person, 5);

        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        Assert.That(await person.Browser.IsSignedInAsync(), Is.True, "existing sessions continue");
        Assert.That(await (await person.AtNewBrowserAsync()).IsSignedInAsync(), Is.True, "sign-in by link is not locked");

        await App.EvaluateAsync(LockedFor - TimeSpan.FromSeconds(1));
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
        await App.EvaluateAsync(TimeSpan.FromSeconds(1));
        (await person.TryPasswordAsync()).ShouldSucceed();
    }

    [Test]
    public async Task SignIn_RestartsCounting_AfterTheLockoutExpired()
    {
        using var person = await Person.WithPasswordAsync(App);
        await FailAsync(person, 5);
        await App.EvaluateAsync(LockedFor);

        await FailAsync(person, 4);
        (await person.TryPasswordAsync()).ShouldSucceed();
    }

    [Test]
    public async Task Reset_EndsTheLockout()
    {
        using var person = await Person.WithPasswordAsync(App);
        await FailAsync(person, 5);
        (await person.Browser.PostAsync("/auth/password/forgot", new { email = person.Email })).ShouldSucceed(202);

        var token = (await App.NewestMailAsync(person.Email, Subjects.PasswordReset)).Token;
        (await person.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);

        (await person.TryPasswordAsync(Person.NewPassword)).ShouldSucceed();
    }

    [Test]
    [Category("threat-19")]
    public async Task SignIn_ChecksAtMostFive_Of200ParallelAttemptsOnTwoInstances()
    {
        await using var app = TestApp.Start();
        await using var sibling = app.StartSibling();
        using var person = await Person.WithPasswordAsync(app);
        var wrong = await app.ReadAsync(db => db.Credentials.AsNoTracking().SingleAsync(c => c.UserId == person.Id));
        using var here = app.NewBrowser();
        using var there = sibling.NewBrowser();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    (i % 2 == 0 ? here : there).PostAsync("/auth/sign-in", new { email = person.Email, password = $"guess number {i}" })
                )
        );

        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(401));
        Assert.That(wrong.FailedAttempts, Is.Zero);
        var after = await app.ReadAsync(db => db.Credentials.AsNoTracking().SingleAsync(c => c.UserId == person.Id));
        Assert.That(after.FailedAttempts, Is.EqualTo(5), "only counted attempts were checked");
        foreach (var browser in (Browser[])[here, there])
        {
            (await browser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldFail(
                401,
                "invalid_credentials"
            );
        }

        await app.EvaluateAsync(LockedFor);
        await sibling.EvaluateAsync(LockedFor + TimeSpan.FromSeconds(1));
        (await there.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
    }

    private static async Task FailAsync(Person person, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await person.TryPasswordAsync("not the password")).ShouldFail(401, "invalid_credentials");
        }
    }
}
