using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using Roundtable.Tests.TwoFactor;

namespace Roundtable.Tests.Passkeys;

public sealed class PasskeyTests
{
    private TestApp app = null!;
    private Chromium chromium = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.StartAtPublicUrl();
        chromium = await Chromium.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await chromium.DisposeAsync();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Register_AddsPasskeyAndNotifiesTheUser_WhenTheBrowserCreatedOne()
    {
        await using var device = await OpenAsync();
        var email = TestApp.NewEmail();
        await device.SignInAsync(email);

        var options = (await device.PostAsync("/auth/passkeys/registration/options")).ShouldSucceed().Data;
        var registered = (await device.RegisterAsync("Work laptop")).ShouldSucceed(201);
        var list = (await device.SendAsync("GET", "/passkeys")).ShouldSucceed().Items;

        Assert.Multiple(() =>
        {
            Assert.That((string?)options["rp"]!["id"], Is.EqualTo("localhost"));
            Assert.That((string?)options["authenticatorSelection"]!["residentKey"], Is.EqualTo("required"));
            Assert.That((string?)options["authenticatorSelection"]!["userVerification"], Is.EqualTo("required"));
            Assert.That(registered.Header("Location"), Does.EndWith($"/api/v1/passkeys/{(string?)registered.Data["id"]}"));
            Assert.That(list, Has.Count.EqualTo(1));
            Assert.That((string?)list[0]["id"], Is.EqualTo((string?)registered.Data["id"]));
            Assert.That((string?)list[0]["name"], Is.EqualTo("Work laptop"));
            Assert.That(list[0]["lastUsedAt"], Is.Null);
        });
        Assert.That((await app.NewestMailAsync(email, Subjects.PasskeyChanged)).Text, Does.Contain("Work laptop").And.Contain("added"));
        await AssertAuditAsync(registered, "passkey.added");
    }

    [Test]
    public async Task Register_IsRefused_WhenResponseIsReplayedOrTamperedOrOfAnotherUser()
    {
        await using var device = await OpenAsync();
        await device.SignInAsync(TestApp.NewEmail());
        var credential = await device.CreateAsync();
        var ceremony = (await device.CeremonyCookieAsync())!;
        using var other = await Person.ByLinkAsync(app);

        (
            await other.Browser.PostAsync(
                "/auth/passkeys/registration",
                new { credential },
                ("Cookie", $"roundtable.session={other.Browser.SessionCookie}; roundtable.passkey={ceremony}")
            )
        ).ShouldFail(400, "validation_failed");
        var tampered = credential.DeepClone();
        tampered["response"]!["clientDataJSON"] = "e30";
        (await device.PostAsync("/auth/passkeys/registration", new { credential = tampered })).ShouldFail(400, "validation_failed");
        await device.SetCeremonyCookieAsync(ceremony);
        (await device.PostAsync("/auth/passkeys/registration", new { credential })).ShouldSucceed(201);
        await device.SetCeremonyCookieAsync(ceremony);
        (await device.PostAsync("/auth/passkeys/registration", new { credential })).ShouldFail(400, "validation_failed");
        await device.PostAsync("/auth/passkeys/registration/options");
        (await device.PostAsync("/auth/passkeys/registration", new { credential })).ShouldFail(400, "validation_failed");
        Assert.That((await device.SendAsync("GET", "/passkeys")).Items, Has.Count.EqualTo(1));
    }

    // The transports that a browser reports are not signed.
    [Test]
    public async Task Register_StoresKnownTransportsOnly()
    {
        await using var device = await OpenAsync();
        var email = TestApp.NewEmail();
        await device.SignInAsync(email);
        var credential = await device.CreateAsync();
        credential["response"]!["transports"] = new JsonArray([
            "internal",
            new string('x', 5000),
            "a,b",
            "",
            "caf\u00e9",
            .. Enumerable.Range(0, 100).Select(i => (JsonNode)$"kind-{i}"),
        ]);
        (await device.PostAsync("/auth/passkeys/registration", new { credential })).ShouldSucceed(201);
        var stored = await app.InspectAsync(async db =>
            await db.Passkeys.Join(db.Users.Where(u => u.Email == email), p => p.UserId, u => u.Id, (p, _) => p.Transports).SingleAsync()
        );
        Assert.That(stored, Does.StartWith("internal,kind-0,kind-1,").And.Length.LessThanOrEqualTo(200));
    }

    [Test]
    public async Task SignIn_NeedsNoAddressAndNoSecondStep_WithAVerifiedPasskey()
    {
        await using var device = await OpenAsync();
        await using var elsewhere = await OpenAsync();
        var userId = await device.SignInAsync(TestApp.NewEmail());
        (await device.RegisterAsync()).ShouldSucceed(201);
        await TurnOnTwoFactorAsync(device);
        await elsewhere.TakeOverAsync(device);

        var options = (await elsewhere.PostAsync("/auth/passkeys/sign-in/options")).ShouldSucceed().Data;
        var answer = (await elsewhere.SignInAsync()).ShouldSucceed();

        Assert.Multiple(() =>
        {
            Assert.That(options["allowCredentials"]?.AsArray() ?? [], Is.Empty, "no address was given, so no credential is disclosed");
            Assert.That((string?)options["userVerification"], Is.EqualTo("required"));
            Assert.That((bool?)answer.Data["twoFactorRequired"], Is.False);
            Assert.That((string?)answer.Data["user"]!["id"], Is.EqualTo(userId));
            Assert.That((string?)answer.Data["session"]!["method"], Is.EqualTo("passkey"));
        });
        var passkey = (await elsewhere.SendAsync("GET", "/passkeys")).ShouldSucceed().Items.Single();
        Assert.That((DateTime?)passkey["lastUsedAt"], Is.Not.Null);
        (await elsewhere.SignInAsync()).ShouldSucceed();
        await AssertAuditAsync(answer, "session.created");
    }

    [Test]
    [Category("threat-4")]
    public async Task SignIn_AcceptsAnAssertionOnce()
    {
        await using var device = await OpenAsync();
        await device.SignInAsync(TestApp.NewEmail());
        (await device.RegisterAsync()).ShouldSucceed(201);
        await device.ForgetCookiesAsync();
        var credential = await device.AssertAsync();
        var ceremony = (await device.CeremonyCookieAsync())!;
        using var browser = app.NewBrowser();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ => browser.PostAsync("/auth/passkeys/sign-in", new { credential }, ("Cookie", $"roundtable.passkey={ceremony}")))
        );

        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1), answers[0].Text);
        Assert.That(answers.Where(a => a.Status != 200).Select(a => a.Code).Distinct(), Is.EqualTo(new[] { "invalid_credentials" }));
        (await device.PostAsync("/auth/passkeys/sign-in", new { credential })).ShouldFail(401, "invalid_credentials");
        (await device.PostAsync("/auth/passkeys/sign-in/options")).ShouldSucceed();
        (await device.PostAsync("/auth/passkeys/sign-in", new { credential })).ShouldFail(401, "invalid_credentials");
        await device.ForgetCookiesAsync();
        (await device.PostAsync("/auth/passkeys/sign-in", new { credential })).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    public async Task SignIn_IsRefused_WhenTheCounterDecreased()
    {
        await using var device = await OpenAsync();
        await using var copy = await OpenAsync();
        await device.SignInAsync(TestApp.NewEmail());
        (await device.RegisterAsync()).ShouldSucceed(201);
        (await device.SignInAsync()).ShouldSucceed();
        (await device.SignInAsync()).ShouldSucceed();
        await copy.TakeOverAsync(device, signCount: 1);

        (await copy.SignInAsync()).ShouldFail(401, "invalid_credentials");
        (await device.SignInAsync()).ShouldSucceed();
    }

    [TestCase(-1, 200)]
    [TestCase(0, 401)]
    [TestCase(1, 401)]
    public async Task SignIn_ExpiresAfterFiveMinutes(int secondsPast, int status)
    {
        await using var device = await OpenAsync();
        await device.SignInAsync(TestApp.NewEmail());
        (await device.RegisterAsync()).ShouldSucceed(201);
        var credential = await device.AssertAsync();

        await app.EvaluateAsync(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(secondsPast));
        var answer = await device.PostAsync("/auth/passkeys/sign-in", new { credential });

        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
    }

    [Test]
    public async Task SignIn_ReportsTheBan_WhenPasskeyIsValid()
    {
        await using var device = await OpenAsync();
        var userId = await device.SignInAsync(TestApp.NewEmail());
        (await device.RegisterAsync()).ShouldSucceed(201);
        using var admin = await Person.ByLinkAsync(app, TestApp.AdminEmail);
        (await admin.Browser.PostAsync($"/admin/users/{userId}/ban", new { reason = "Spam" })).ShouldSucceed();

        var refused = (await device.SignInAsync()).ShouldFail(403, "user_banned");

        Assert.That((string?)refused.Json["context"]!["reason"], Is.EqualTo("Spam"));
    }

    [Test]
    public async Task Rename_ChangesTheName_OfOwnPasskeys()
    {
        await using var device = await OpenAsync();
        await device.SignInAsync(TestApp.NewEmail());
        var path = $"/passkeys/{(string?)(await device.RegisterAsync()).ShouldSucceed(201).Data["id"]}";

        var renamed = (await device.SendAsync("PATCH", path, new { name = "Phone" })).ShouldSucceed();

        Assert.That((string?)renamed.Data["name"], Is.EqualTo("Phone"));
        Assert.That((string?)(await device.SendAsync("GET", "/passkeys")).Items.Single()["name"], Is.EqualTo("Phone"));
        await AssertAuditAsync(renamed, "passkey.renamed");
        foreach (var name in (string[])[" ", "", new string('x', 101), "line\u0000feed"])
        {
            (await device.SendAsync("PATCH", path, new { name })).ShouldFail(400, "validation_failed");
        }
    }

    [Test]
    public async Task Remove_DisablesThePasskey_AndNotifiesTheUser()
    {
        await using var device = await OpenAsync();
        var email = TestApp.NewEmail();
        await device.SignInAsync(email);
        var id = (string?)(await device.RegisterAsync("Old phone")).ShouldSucceed(201).Data["id"];

        var removed = (await device.SendAsync("DELETE", $"/passkeys/{id}")).ShouldSucceed(204);

        (await device.SignInAsync()).ShouldFail(401, "invalid_credentials");
        (await device.SendAsync("DELETE", $"/passkeys/{id}")).ShouldFail(404, "not_found");
        Assert.That((await device.SendAsync("GET", "/passkeys")).Items, Is.Empty);
        Assert.That((await app.NewestMailAsync(email, Subjects.PasskeyChanged)).Text, Does.Contain("Old phone").And.Contain("removed"));
        await AssertAuditAsync(removed, "passkey.removed");
    }

    [Test]
    [Category("threat-16")]
    public async Task Passkey_IsNotFound_ByOtherUsers()
    {
        await using var device = await OpenAsync();
        await device.SignInAsync(TestApp.NewEmail());
        var id = (string?)(await device.RegisterAsync()).ShouldSucceed(201).Data["id"];
        using var other = await Person.ByLinkAsync(app);

        Assert.That((await other.Browser.GetAsync("/passkeys")).ShouldSucceed().Items, Is.Empty);
        (await other.Browser.PatchAsync($"/passkeys/{id}", new { name = "Mine" })).ShouldFail(404, "not_found");
        (await other.Browser.DeleteAsync($"/passkeys/{id}")).ShouldFail(404, "not_found");
        Assert.That((await device.SendAsync("GET", "/passkeys")).Items, Has.Count.EqualTo(1));
    }

    [Test]
    [Category("threat-2")]
    public async Task SignIn_IsRefused_AfterTheAddressesOwnerTookTheAccount()
    {
        await using var attacker = await OpenAsync();
        var email = TestApp.NewEmail("victim");
        var userId = await attacker.SignInAsync(email);
        (await attacker.RegisterAsync()).ShouldSucceed(201);
        await app.ReadAsync(db => db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(s => s.SetProperty(u => u.EmailVerified, false)));
        (await attacker.SignInAsync()).ShouldFail(401, "invalid_credentials");

        using var owner = await Person.ByLinkAsync(app, email);

        (await attacker.SignInAsync()).ShouldFail(401, "invalid_credentials");
        (await attacker.SendAsync("GET", "/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That(owner.Id, Is.EqualTo(userId));
        Assert.That((await owner.Browser.GetAsync("/passkeys")).ShouldSucceed().Items, Is.Empty);
    }

    [TestCase("""{ "credential": {} }""", 401)]
    [TestCase("""{ "credential": [] }""", 401)]
    [TestCase("""{ "credential": "x" }""", 401)]
    [TestCase("""{ "credential": 5 }""", 401)]
    [TestCase("""{ "credential": null }""", 401)]
    [TestCase(
        """
            { "credential": { "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
              "response": { "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA" } } }
            """,
        401
    )]
    [TestCase("""{ }""", 400)]
    [TestCase("""{ "credential": {}, "userId": "x" }""", 400)]
    [Category("threat-26")]
    public async Task SignIn_IsRefused_WhenTheBodyIsInvalid(string body, int status)
    {
        using var browser = app.NewBrowser();
        (await browser.PostAsync("/auth/passkeys/sign-in/options")).ShouldSucceed();

        (await browser.PostAsync("/auth/passkeys/sign-in", body)).ShouldFail(
            status,
            status == 401 ? "invalid_credentials" : "validation_failed"
        );
    }

    private Task<Authenticator> OpenAsync() => Authenticator.OpenAsync(app, chromium);

    private async Task TurnOnTwoFactorAsync(Authenticator device)
    {
        var secret = (string)(await device.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;
        var code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(app.Now);
        (await device.PostAsync("/auth/two-factor/confirm", new { code })).ShouldSucceed();
    }

    private async Task AssertAuditAsync(Answer answer, string action)
    {
        var requestId = answer.Header("X-Request-Id");
        var entry = await app.ReadAsync(db =>
            db.AuditEntries.AsNoTracking().SingleAsync(e => e.RequestId == requestId && e.Action == action)
        );
        Assert.Multiple(() =>
        {
            Assert.That(entry.ActorId, Is.Not.Null);
            Assert.That(entry.SubjectId, Is.EqualTo(entry.ActorId));
            Assert.That(entry.IpAddress, Is.Not.Null);
            Assert.That(entry.UserAgent, Does.Contain("Chrome/"));
        });
    }
}
