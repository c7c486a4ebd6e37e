using OtpNet;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SignIn;

/// <summary>A sign-in's log lines name the user, whatever the sign-in method.</summary>
public sealed class SignInLogTests
{
    [Test]
    public async Task SignInLogLines_ContainTheUserId()
    {
        using var folder = new TempFolder();
        using var server = await ServerProcess.ServeAsync(folder.Name);
        var email = TestApp.NewEmail();
        using var browser = server.NewBrowser();
        var answers = new List<(string Way, Answer Answer)> { ("link", await browser.SignInByLinkAsync(email)) };
        (await browser.PostAsync("/auth/password/change", new { newPassword = Person.Password })).ShouldSucceed(204);
        answers.Add(("password", (await browser.PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldSucceed()));

        var secret = (string)(await browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;
        var code = new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp();
        var codes = (await browser.PostAsync("/auth/two-factor/confirm", new { code })).ShouldSucceed().Data["codes"]!.AsArray();
        using var other = server.NewBrowser();
        (await other.PostAsync("/auth/sign-in", new { email, password = Person.Password })).ShouldSucceed();
        answers.Add(
            ("second step", (await other.PostAsync("/auth/two-factor/verify", new { recoveryCode = (string?)codes[0] })).ShouldSucceed())
        );
        server.Terminate();
        await server.WaitForExitAsync(TimeSpan.FromSeconds(60));

        Assert.Multiple(() =>
        {
            foreach (var (way, answer) in answers)
            {
                var lines = server
                    .OutputLines.Where(l => l.Contains($"request {answer.Header("X-Request-Id")}", StringComparison.Ordinal))
                    .ToList();
                Assert.That(lines, Has.Count.EqualTo(2).And.All.Contains($"user {browser.UserId} "), way);
            }
        });
    }
}
