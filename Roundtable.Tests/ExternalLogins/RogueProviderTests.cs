using System.Diagnostics;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ExternalLogins;

/// <summary>Providers that send bad tokens, or answer badly or not at all.</summary>
public sealed class RogueProviderTests
{
    private RogueProvider rogue = null!;
    private OpenIdServer honest = null!;
    private TestApp app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        (rogue, honest) = (await RogueProvider.StartAsync(), await OpenIdServer.StartAsync());
        app = TestApp.Start(OpenIdServer.Trust, [.. rogue.Settings("rogue"), .. honest.Settings("honest")]);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await app.DisposeAsync();
        await rogue.DisposeAsync();
        await honest.DisposeAsync();
    }

    [SetUp]
    public void Behave()
    {
        rogue.Claims.Clear();
        (rogue.Misbehavior, rogue.Ahead, rogue.Subject) = ("", default, Guid.NewGuid().ToString("N"));
    }

    [Test]
    public async Task SignIn_Succeeds_WithAGoodToken()
    {
        using var browser = app.NewBrowser();
        (await SignInAsync(browser)).ShouldContinueAt("/");
    }

    [Test]
    public async Task SignIn_Succeeds_AfterTheProviderReplacedItsKey()
    {
        await using var rolling = await RogueProvider.StartAsync();
        await using var other = TestApp.Start(OpenIdServer.Trust, rolling.Settings("rolling"));
        using var browser = other.NewBrowser();
        rolling.Subject = "ada";
        (await browser.SignInAtAsync(rolling, "rolling")).ShouldContinueAt("/");
        rolling.RollKeys();
        (await browser.SignInAtAsync(rolling, "rolling")).ShouldContinueAt("/");
    }

    [TestCase(30, "/")]
    [TestCase(90, "/sign-in?error=external_failed")]
    public async Task SignIn_AcceptsAClockThatIsAMinuteOff(int seconds, string target)
    {
        rogue.Ahead = TimeSpan.FromSeconds(seconds);
        using var browser = app.NewBrowser();
        (await SignInAsync(browser)).ShouldContinueAt(target);
    }

    [TestCase("wrong issuer")]
    [TestCase("wrong audience")]
    [TestCase("wrong azp")]
    [TestCase("wrong nonce")]
    [TestCase("expired")]
    [TestCase("alg none")]
    [TestCase("HS256 with the public key")]
    [TestCase("foreign key")]
    [Category("threat-54")]
    public async Task SignIn_IsRefused_WithABadToken(string misbehavior)
    {
        rogue.Misbehavior = misbehavior;
        using var browser = app.NewBrowser();
        (await SignInAsync(browser)).ShouldContinueAt("/sign-in?error=external_failed");
        Assert.That(await app.FindUserAsync($"{rogue.Subject}@example.com"), Is.Null);
    }

    [Test]
    [Category("threat-54")]
    public async Task Response_OfOneProvider_IsRefusedAtAnothersCallback()
    {
        using var browser = app.NewBrowser();
        var callback = await OpenIdServer.VisitAsync(await browser.StartExternalAsync("honest"));
        var there = new Uri(callback.ToString().Replace("/honest/", "/rogue/", StringComparison.Ordinal));
        (await browser.ReturnAsync(there)).ShouldContinueAt("/sign-in?error=external_failed");
    }

    [TestCase("slow")]
    [TestCase("huge")]
    [TestCase("redirect")]
    [TestCase("error page")]
    [Category("threat-55")]
    public async Task SignIn_FailsWithinTenSeconds_WhenTheProviderMisbehaves(string misbehavior)
    {
        using var browser = app.NewBrowser();
        rogue.Misbehavior = misbehavior;
        var time = Stopwatch.StartNew();
        (await SignInAsync(browser)).ShouldContinueAt("/sign-in?error=external_failed");
        Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test]
    [Category("threat-55")]
    public async Task Start_IsUnavailable_WhileDiscoveryFails_AndIsTriedAgain()
    {
        await using var down = await RogueProvider.StartAsync();
        down.Misbehavior = "no discovery";
        await using var waiting = TestApp.Start(OpenIdServer.Trust, [.. down.Settings("down"), .. honest.Settings("honest")]);
        using var browser = waiting.NewBrowser();
        (await browser.PostAsync("/auth/external/down", new { })).ShouldFail(503, "unavailable");
        (await browser.PostAsync("/auth/external/honest", new { })).ShouldSucceed();
        down.Misbehavior = "";
        (await browser.PostAsync("/auth/external/down", new { })).ShouldSucceed();
    }

    [TestCase("script")]
    [TestCase("plain http")]
    [TestCase("no page")]
    [TestCase("refused push")]
    [TestCase("wrong push")]
    [Category("threat-55")]
    public async Task Start_IsUnavailable_WhenTheProviderNamesNoUsablePage(string misbehavior)
    {
        await using var odd = await RogueProvider.StartAsync();
        odd.Misbehavior = misbehavior;
        await using var other = TestApp.Start(OpenIdServer.Trust, odd.Settings("odd"));
        (await other.NewBrowser().PostAsync("/auth/external/odd", new { })).ShouldFail(503, "unavailable");
    }

    [Test]
    [Category("threat-55")]
    public async Task Starts_AtAProviderThatHangs_AllAnswerWithinTenSeconds()
    {
        await using var hanging = await RogueProvider.StartAsync();
        hanging.Misbehavior = "hang";
        await using var other = TestApp.Start(OpenIdServer.Trust, [.. hanging.Settings("hanging"), .. honest.Settings("honest")]);
        var time = Stopwatch.StartNew();
        var starts = Enumerable.Range(0, 6).Select(_ => other.NewBrowser().PostAsync("/auth/external/hanging", new { })).ToList();
        (await other.NewBrowser().PostAsync("/auth/external/honest", new { })).ShouldSucceed();
        foreach (var start in starts)
        {
            (await start).ShouldFail(503, "unavailable");
        }

        // One after another would take a minute; the rest is for the start of the application under load.
        Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
    }

    // The address of one source with the flag of the other.
    [TestCase(true, false)]
    [TestCase(false, true)]
    [Category("threat-50")]
    public async Task Address_AndItsVerification_AreOfOneSource(bool emailInToken, bool verifiedInToken)
    {
        await using var split = await RogueProvider.StartAsync();
        await using var other = TestApp.Start(OpenIdServer.Trust, [.. split.Settings("split"), ("Auth:External:split:TrustEmail", "true")]);
        using var owner = await Person.ByLinkAsync(other);
        split.Subject = "ada";
        split.UserInfo = new() { ["email"] = emailInToken ? "mallory@example.com" : owner.Email };
        if (emailInToken)
        {
            split.Claims["email"] = owner.Email;
            split.UserInfo["email_verified"] = true;
        }
        else
        {
            split.Claims.Remove("email");
            split.OmitsEmail = true;
            split.Claims["email_verified"] = verifiedInToken;
        }

        (await other.NewBrowser().SignInAtAsync(split, "split")).ShouldContinueAt("/sign-in?error=link_required");
    }

    [TestCase("slow")]
    [TestCase("alg none")]
    [TestCase("error page")]
    public async Task Connecting_ReturnsToTheAccount_WhenTheProviderMisbehaves(string misbehavior)
    {
        using var person = await Person.ByLinkAsync(app);
        rogue.Misbehavior = misbehavior;
        (await person.Browser.ConnectAtAsync(rogue, "rogue")).ShouldContinueAt("/account/security?error=external_failed");
    }

    private Task<Answer> SignInAsync(Browser browser) => browser.SignInAtAsync(rogue, "rogue");
}
