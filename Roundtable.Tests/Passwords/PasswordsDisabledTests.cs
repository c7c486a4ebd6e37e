using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Passwords;

public sealed class PasswordsDisabledTests
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start(("Auth:Password:Enabled", "false"));

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase("POST", "/auth/sign-up")]
    [TestCase("POST", "/auth/sign-in")]
    [TestCase("POST", "/auth/reauthenticate")]
    [TestCase("POST", "/auth/password/forgot")]
    [TestCase("POST", "/auth/password/reset")]
    [TestCase("POST", "/auth/password/change")]
    [TestCase("PUT", "/admin/users/019ab2c4d5e67f8091a2b3c4d5e6f708/password")]
    public async Task Endpoint_IsNotFound_WhenPasswordsAreDisabled(string method, string path)
    {
        using var stranger = app.NewBrowser();
        using var user = await Person.ByLinkAsync(app);
        using var admin = await Person.ByLinkAsync(app, TestApp.AdminEmail);
        var body = new
        {
            email = user.Email,
            password = Person.Password,
            name = "Grace",
        };

        foreach (var browser in (Browser[])[stranger, user.Browser, admin.Browser])
        {
            (await browser.SendAsync(new HttpMethod(method), path, body)).ShouldFail(404, "not_found");
        }

        await app.EvaluateAsync(TimeSpan.FromMinutes(15));
    }

    [Test]
    public async Task OtherEndpoints_Work_WhenPasswordsAreDisabled()
    {
        using var person = await Person.WithTwoFactorAsync(app);
        var browser = await person.HalfSignedInAsync();

        (await browser.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync() })).ShouldSucceed();
        (await browser.PostAsync("/auth/email/verification", new { email = person.Email })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/passkeys/sign-in/options")).ShouldSucceed();
    }
}
