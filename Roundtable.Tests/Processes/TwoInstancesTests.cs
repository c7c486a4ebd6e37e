using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>Two processes on one database are one application.</summary>
[Category("threat-9")]
[Parallelizable(ParallelScope.Self)]
public sealed class TwoInstancesTests
{
    private TempFolder folder = null!;
    private ServerProcess a = null!;
    private ServerProcess b = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = new TempFolder();
        // Both at once: one of them migrates, the other waits for it.
        a = ServerProcess.Start(folder.Name, []);
        b = ServerProcess.Start(folder.Name, []);
        await Task.WhenAll(a.WaitUntilReadyAsync(), b.WaitUntilReadyAsync());
    }

    [OneTimeTearDown]
    public void Stop()
    {
        a?.Dispose();
        b?.Dispose();
        folder?.Dispose();
    }

    [Test]
    public async Task Session_WorksOnTheOtherInstance_UntilItIsRevokedOnEither()
    {
        using var atA = await a.SignInAsync(TestApp.NewEmail());
        using var atB = Elsewhere(atA);
        var session = (await atB.GetAsync("/auth/session")).ShouldSucceed();
        (await atA.DeleteAsync($"/sessions/{(string)session.Data["session"]!["id"]!}")).ShouldSucceed(204);
        (await atB.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Session_IsDeadOnTheOtherInstance_AfterSignOut()
    {
        using var atA = await a.SignInAsync(TestApp.NewEmail());
        using var atB = Elsewhere(atA);
        (await atB.GetAsync("/users/me")).ShouldSucceed();
        (await atA.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        (await atB.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Ban_HoldsOnTheOtherInstance_FromTheNextRequest()
    {
        using var admin = await a.SignInAsync(TestApp.AdminEmail);
        using var user = await b.SignInAsync(TestApp.NewEmail());
        (await user.GetAsync("/users/me")).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Demotion_HoldsOnTheOtherInstance_FromTheNextRequest()
    {
        using var admin = await a.SignInAsync(TestApp.AdminEmail);
        using var user = await b.SignInAsync(TestApp.NewEmail());
        (await admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        (await user.GetAsync("/admin/users")).ShouldSucceed();
        (await admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        (await user.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
    }

    [Test]
    [Category("threat-4")]
    public async Task Link_IsRedeemedOnce_WhenBothInstancesAreAsked()
    {
        using var browser = a.NewBrowser();
        using var other = b.NewBrowser();
        var token = await browser.RequestLinkAsync(TestApp.NewEmail());
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? browser : other).PostAsync("/auth/magic-link/verify", new { token })));
        Assert.That(answers.Count(x => x.Status == 200), Is.EqualTo(1));
        Assert.That(answers.Where(x => x.Status != 200).Select(x => x.Code), Is.All.EqualTo("invalid_token"));
    }

    [Test]
    [Category("threat-19")]
    public async Task LinkMails_StayWithinTheLimitOfAnAddress_WhenBothInstancesAreAsked()
    {
        using var atA = a.NewBrowser();
        using var atB = b.NewBrowser();
        var email = TestApp.NewEmail("limit");
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? atA : atB).PostAsync("/auth/magic-link", new { email })));
        Assert.That(answers.Select(x => x.Status), Is.All.EqualTo(202));
        await a.Mail.WaitAsync(email, 5);
        await Task.Delay(300);
        Assert.That(a.Mail.To(email), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Mails_GoOutOnce_WithBothWorkersRunning()
    {
        using var atA = a.NewBrowser();
        using var atB = b.NewBrowser();
        var emails = Enumerable.Range(0, 60).Select(_ => TestApp.NewEmail("both")).ToList();
        var answers = await Task.WhenAll(emails.Select((email, i) => (i % 2 == 0 ? atA : atB).PostAsync("/auth/magic-link", new { email })));
        Assert.That(answers.Select(x => x.Status), Is.All.EqualTo(202));
        foreach (var email in emails)
        {
            await a.Mail.WaitAsync(email);
        }

        // A file that is written twice looks like one: what went out stands in the logs.
        await Task.Delay(300);
        var sent = a.OutputLines.Concat(b.OutputLines).Where(l => l.Contains("SendMail sent", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(emails.Select(e => a.Mail.To(e).Count), Is.All.EqualTo(1));
            Assert.That(sent.Select(l => l[l.IndexOf("SendMail", StringComparison.Ordinal)..]), Is.Unique);
            Assert.That(sent, Has.Count.GreaterThanOrEqualTo(emails.Count));
            Assert.That(sent, Is.All.Contains("attempt 1"));
        });
    }

    private Browser Elsewhere(Browser browser)
    {
        var other = b.NewBrowser();
        other.SessionCookie = browser.SessionCookie;
        return other;
    }
}
