using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.OpenApi;

/// <summary>Validates real responses against the document's schemas.</summary>
public sealed class ResponseSchemaTests
{
    private ServedDocument document = null!;

    [OneTimeSetUp]
    public async Task Fetch() => document = await ServedDocument.FetchAsync();

    [Test]
    public async Task Responses_MatchTheirSchemas_SignedOutAndSignedIn()
    {
        using var stranger = TestApp.Current.NewBrowser();
        ShouldFit(await stranger.GetAsync("/auth/session"), "Auth_getSession");
        ShouldFit(await stranger.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() }), "Auth_requestMagicLink", "202");
        ShouldFit(await stranger.GetAsync("/users/me"), "Users_getMe", "401");

        using var user = await TestApp.Current.SignInAsync(TestApp.NewEmail());
        ShouldFit(await user.GetAsync("/auth/session"), "Auth_getSession");
        ShouldFit(await user.GetAsync("/users/me"), "Users_getMe");
        ShouldFit(await user.GetAsync("/sessions"), "Sessions_listSessions");
        ShouldFit(await user.PatchAsync("/users/me", new { name = "" }), "Users_updateMe", "400");
    }

    [Test]
    public async Task GetUser_MatchesItsSchema_ForOneselfAndForOthers()
    {
        using var user = await TestApp.Current.SignInAsync(TestApp.NewEmail());
        using var other = await TestApp.Current.SignInAsync(TestApp.NewEmail());
        ShouldFit(await user.GetAsync($"/users/{user.UserId}"), "Users_getUser");
        ShouldFit(await user.GetAsync($"/users/{other.UserId}"), "Users_getUser");
    }

    [Test]
    public async Task SignIn_MatchesItsSchema_AtBothSteps()
    {
        using var person = await Person.WithTwoFactorAsync(TestApp.Current, password: true);
        using var browser = TestApp.Current.NewBrowser();
        ShouldFit(await browser.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password }), "Auth_signIn");
        ShouldFit(
            await browser.PostAsync("/auth/two-factor/verify", new { recoveryCode = person.RecoveryCodes[0] }),
            "TwoFactor_verifyTwoFactor"
        );
    }

    [Test]
    public async Task AdminLists_MatchTheirSchemas()
    {
        using var admin = await TestApp.Current.SignInAsAdminAsync();
        ShouldFit(await admin.GetAsync("/admin/users?includeTotal=true"), "AdminUsers_listUsers");
        ShouldFit(await admin.GetAsync("/admin/audit-log"), "AuditLog_listAuditLog");
    }

    private void ShouldFit(Answer answer, string operationId, string status = "200")
    {
        Assert.That($"{answer.Status}", Is.EqualTo(status), answer.Text);
        var content = document.Find(operationId).Json["responses"]![status]!["content"]!.AsObject().Single();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("Content-Type"), Does.StartWith(content.Key));
            Assert.That(document.Faults(answer.Json, content.Value!["schema"]!), Is.Empty, operationId);
        });
    }
}
