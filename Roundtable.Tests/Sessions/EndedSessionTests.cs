using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Sessions;

/// <summary>A pending e-mail change ends with its session, however that ends.</summary>
[Category("threat-33")]
public sealed class EndedSessionTests : AccountTests
{
    public static IEnumerable<string> Ends =>
        [
            "ownRevoke",
            "revokeOthers",
            "signOut",
            "replaced",
            "expired",
            "removed",
            "adminRevokesOne",
            "adminRevokesAll",
            "bulk",
            "banAndUnban",
            "passwordChange",
            "reset",
            "adminPassword",
            "factorReset",
        ];

    [TestCaseSource(nameof(Ends))]
    public async Task Confirm_IsRefused_WhenTheRequestingSessionHasEnded(string by)
    {
        using var owner = await Person.WithPasswordAsync(App);
        var thief = owner.NewBrowser(Person.OtherAgent);
        var session = (await thief.PostAsync("/auth/sign-in", new { email = owner.Email, password = Person.Password }))
            .ShouldSucceed()
            .IdOf("session");
        var theirs = TestApp.NewEmail("thief");
        (await thief.PostAsync("/auth/email/change", new { newEmail = theirs })).ShouldSucceed(202);
        var token = (await App.NewestMailAsync(theirs, Subjects.ConfirmChange)).Token;

        await EndAsync(by, owner, thief, session);

        (await thief.PostAsync("/auth/email/change/confirm", new { token })).ShouldFail(400, "invalid_token");
        Assert.That((await App.FindUserAsync(owner.Email))!.Id, Is.EqualTo(owner.Id));
        Assert.That(await App.FindUserAsync(theirs), Is.Null);
    }

    [Test]
    public async Task Confirm_Works_WhenOtherSessionsEnd()
    {
        using var person = await Person.ByLinkAsync(App);
        var other = await person.AtNewBrowserAsync(Person.OtherAgent);
        var newEmail = TestApp.NewEmail("new");
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        (await other.PostAsync("/auth/sign-out")).ShouldSucceed(204);

        (
            await other.PostAsync(
                "/auth/email/change/confirm",
                new { token = (await App.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token }
            )
        ).ShouldSucceed(204);

        Assert.That(await person.Browser.IsSignedInAsync(), Is.True);
    }

    [Test]
    public async Task TwoFactor_CanBeConfirmed_OnlyByTheSessionThatStartedSetup()
    {
        using var owner = await Person.ByLinkAsync(App);
        var thief = await owner.AtNewBrowserAsync(Person.OtherAgent);
        var secret = (string)(await thief.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;
        var code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(App.Now);

        (await owner.Browser.PostAsync("/auth/two-factor/confirm", new { code })).ShouldFail(409, "conflict");

        (await thief.PostAsync("/auth/two-factor/confirm", new { code })).ShouldSucceed();
    }

    [Test]
    public async Task Ceremony_CanBeCompleted_OnlyByTheSessionThatStartedIt()
    {
        using var owner = await Person.ByLinkAsync(App);
        (await owner.Browser.PostAsync("/auth/passkeys/registration/options")).ShouldSucceed();
        var tokens = await App.ReadAsync(db =>
            db.OneTimeTokens.Where(t => t.UserId == owner.Id && t.Purpose == Domain.Tokens.TokenPurpose.PasskeyRegistration).ToListAsync()
        );

        var current = (await owner.Browser.GetAsync("/sessions")).Items.Single(s => (bool?)s["current"] == true);

        Assert.That(tokens.Select(t => t.SessionId), Is.EqualTo(new[] { (string?)current["id"] }));
    }

    private async Task EndAsync(string by, Person owner, Browser thief, string session)
    {
        using var admin = await App.SignInAsAdminAsync();
        switch (by)
        {
            case "ownRevoke":
                (await owner.Browser.DeleteAsync($"/sessions/{session}")).ShouldSucceed(204);
                break;
            case "revokeOthers":
                (await owner.Browser.DeleteAsync("/sessions")).ShouldSucceed(204);
                break;
            case "signOut":
                (await thief.PostAsync("/auth/sign-out")).ShouldSucceed(204);
                break;
            case "replaced":
                (await thief.PostAsync("/auth/sign-in", new { email = owner.Email, password = Person.Password })).ShouldSucceed();
                break;
            case "expired":
                await App.ReadAsync(db =>
                    db.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.ExpiresAtUtc, App.Now))
                );
                break;
            case "removed":
                await App.ReadAsync(db => db.Sessions.Where(s => s.Id == session).ExecuteDeleteAsync());
                break;
            case "adminRevokesOne":
                (await admin.DeleteAsync($"/admin/sessions/{session}")).ShouldSucceed(204);
                break;
            case "adminRevokesAll":
                (await admin.DeleteAsync($"/admin/users/{owner.Id}/sessions")).ShouldSucceed(204);
                break;
            case "bulk":
                (await admin.PostAsync("/admin/users/bulk", new { action = "revokeSessions", ids = new[] { owner.Id } })).ShouldSucceed();
                break;
            case "banAndUnban":
                (await admin.PostAsync($"/admin/users/{owner.Id}/ban", new { reason = "Broken into" })).ShouldSucceed();
                (await admin.PostAsync($"/admin/users/{owner.Id}/unban")).ShouldSucceed();
                break;
            case "passwordChange":
                (
                    await owner.Browser.PostAsync(
                        "/auth/password/change",
                        new { currentPassword = Person.Password, newPassword = Person.NewPassword }
                    )
                ).ShouldSucceed(204);
                break;
            case "reset":
                (await owner.Browser.PostAsync("/auth/password/forgot", new { email = owner.Email })).ShouldSucceed(202);
                var token = (await App.NewestMailAsync(owner.Email, Subjects.PasswordReset)).Token;
                (await owner.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);
                break;
            case "adminPassword":
                (await admin.PutAsync($"/admin/users/{owner.Id}/password", new { password = Person.NewPassword })).ShouldSucceed(204);
                break;
            case "factorReset":
                (await admin.DeleteAsync($"/admin/users/{owner.Id}/two-factor")).ShouldSucceed(204);
                break;
        }
    }
}
