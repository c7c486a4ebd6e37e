using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

/// <summary>The undo link of an e-mail change belongs to the account: no action at the old address invalidates it.</summary>
[Category("threat-35")]
public sealed class UndoLinkTests
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    public static IEnumerable<string> Acts =>
        [
            "asksForLink",
            "signsIn",
            "signsUp",
            "signsUpAndConfirms",
            "forgets",
            "signsInAndMovesOn",
            "signsInAndLeaves",
            "signsInAndTurnsOnTwoFactor",
            "signsInAndIsBanned",
            "signsInAndIsDeleted",
            "adminCreates",
            "adminImports",
            "adminImportsAnOldAccount",
            "adminMovesTheAccount",
            "adminMovesItBack",
            "thiefMovesOn",
            "thiefMovesOnAndUndoes",
            "thiefResets",
            "othersAskToMoveThere",
            "anotherAccountMovesThereAndOn",
        ];

    [TestCaseSource(nameof(Acts))]
    public async Task Undo_RestoresTheAccount_AfterAnyActionAtTheOldAddress(string act)
    {
        using var owner = await Person.ByLinkAsync(app);
        var thief = await owner.AtNewBrowserAsync(Person.OtherAgent);
        var theirs = TestApp.NewEmail("thief");
        await MoveAsync(thief, theirs);
        var token = (await app.NewestMailAsync(owner.Email, Subjects.EmailChanged)).Token;

        await ActAsync(act, owner, thief, theirs);
        (await app.NewBrowser().PostAsync("/auth/email/change/undo", new { token })).ShouldSucceed(204);

        Assert.That((await app.FindUserAsync(owner.Email))!.Id, Is.EqualTo(owner.Id));
        Assert.That(await thief.IsSignedInAsync(), Is.False);
        Assert.That((await owner.NewBrowser().SignInWithMailAsync(app, owner.Email)).IdOf(), Is.EqualTo(owner.Id));
    }

    [Test]
    public async Task Undo_RemovesTheAccountAtTheOldAddress_AndAuditsIt()
    {
        using var owner = await Person.ByLinkAsync(app);
        var token = await ChangeAsync(owner);
        using var made = await Person.ByLinkAsync(app, owner.Email);

        var answer = (await owner.Browser.PostAsync("/auth/email/change/undo", new { token })).ShouldSucceed(204);

        Assert.That(await made.Browser.IsSignedInAsync(), Is.False);
        Assert.That(await app.ReadAsync(db => db.Users.AnyAsync(u => u.Id == made.Id)), Is.False);
        var requestId = answer.Header("X-Request-Id");
        var entries = await app.ReadAsync(db => db.AuditEntries.AsNoTracking().Where(e => e.RequestId == requestId).ToListAsync());
        Assert.That(entries.Single(e => e.Action == "user.deleted").TargetId, Is.EqualTo(made.Id));
        Assert.That(entries.Single(e => e.Action == "email.changeUndone").TargetId, Is.EqualTo(owner.Id));
    }

    [Test]
    public async Task Undo_ReturnsConflictAndTheLinkStaysValid_WhileTheOtherAccountHasARole()
    {
        var admin = await app.RootAsync();
        using var owner = await Person.ByLinkAsync(app);
        var token = await ChangeAsync(owner);
        using var made = await Person.ByLinkAsync(app, owner.Email);
        (await admin.PutAsync($"/admin/users/{made.Id}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();

        (await owner.Browser.PostAsync("/auth/email/change/undo", new { token })).ShouldFail(409, "conflict");
        Assert.That((await app.FindUserAsync(owner.Email))!.Id, Is.EqualTo(made.Id));
        (await admin.PutAsync($"/admin/users/{made.Id}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();

        (await owner.Browser.PostAsync("/auth/email/change/undo", new { token })).ShouldSucceed(204);
    }

    [Test]
    public async Task Undo_ReturnsConflict_WhenAnOlderAccountTookTheAddress()
    {
        using var older = await Person.ByLinkAsync(app);
        using var owner = await Person.ByLinkAsync(app);
        var token = await ChangeAsync(owner);
        await MoveAsync(older.Browser, owner.Email);

        (await owner.Browser.PostAsync("/auth/email/change/undo", new { token })).ShouldFail(409, "conflict");

        Assert.That(
            (await app.FindUserAsync(owner.Email))!.Id,
            Is.EqualTo(older.Id),
            "it contains a user's data and was not created at that address"
        );
    }

    [Test]
    public async Task UndoOfALaterChange_KeepsTheEarlierLinkValid()
    {
        using var owner = await Person.ByLinkAsync(app);
        var thief = await owner.AtNewBrowserAsync(Person.OtherAgent);
        var (first, second) = (TestApp.NewEmail("thief"), TestApp.NewEmail("thief"));
        await MoveAsync(thief, first);
        await MoveAsync(thief, second);
        (
            await thief.PostAsync(
                "/auth/email/change/undo",
                new { token = (await app.NewestMailAsync(first, Subjects.EmailChanged)).Token }
            )
        ).ShouldSucceed(204);

        (
            await owner.Browser.PostAsync(
                "/auth/email/change/undo",
                new { token = (await app.NewestMailAsync(owner.Email, Subjects.EmailChanged)).Token }
            )
        ).ShouldSucceed(204);

        Assert.That((await app.FindUserAsync(owner.Email))!.Id, Is.EqualTo(owner.Id));
    }

    private async Task ActAsync(string act, Person owner, Browser thief, string theirs)
    {
        var admin = await app.RootAsync();
        using var there = app.NewBrowser();
        switch (act)
        {
            case "asksForLink":
                await there.AskForLinkAsync(app, owner.Email);
                break;
            case "signsIn":
                await there.SignInWithMailAsync(app, owner.Email);
                break;
            case "signsUp":
            case "signsUpAndConfirms":
                (
                    await there.PostAsync(
                        "/auth/sign-up",
                        new
                        {
                            email = owner.Email,
                            password = Person.Password,
                            name = "Mallory",
                        }
                    )
                ).ShouldSucceed(202);
                if (act == "signsUpAndConfirms")
                {
                    (
                        await there.PostAsync(
                            "/auth/email/verify",
                            new { token = (await app.NewestMailAsync(owner.Email, Subjects.Verification)).Token }
                        )
                    ).ShouldSucceed(204);
                    (await there.PostAsync("/auth/sign-in", new { email = owner.Email, password = Person.Password })).ShouldSucceed();
                }

                break;
            case "forgets":
                (await there.PostAsync("/auth/password/forgot", new { email = owner.Email })).ShouldSucceed(202);
                break;
            case "signsInAndMovesOn":
                await there.SignInWithMailAsync(app, owner.Email);
                await MoveAsync(there, TestApp.NewEmail("on"));
                break;
            case "signsInAndLeaves":
                await there.SignInWithMailAsync(app, owner.Email);
                (await there.DeleteAsync("/users/me")).ShouldSucceed(204);
                break;
            case "signsInAndTurnsOnTwoFactor":
                using (var person = await Person.ByLinkAsync(app, owner.Email))
                {
                    await person.TurnOnTwoFactorAsync();
                }

                break;
            case "signsInAndIsBanned":
            case "signsInAndIsDeleted":
                var id = (await there.SignInWithMailAsync(app, owner.Email)).IdOf();
                _ =
                    act == "signsInAndIsBanned"
                        ? (await admin.PostAsync($"/admin/users/{id}/ban", new { reason = "Spam" })).ShouldSucceed()
                        : (await admin.DeleteAsync($"/admin/users/{id}")).ShouldSucceed(204);
                break;
            case "adminCreates":
                (
                    await admin.PostAsync(
                        "/admin/users",
                        new
                        {
                            email = owner.Email,
                            password = Person.Password,
                            sendInvitation = true,
                        }
                    )
                ).ShouldSucceed(201);
                break;
            case "adminImports":
                await ImportAsync(admin, $"email,emailVerified\n{owner.Email},true\n");
                break;
            case "adminImportsAnOldAccount":
                await ImportAsync(admin, $"email,emailVerified,createdAt\n{owner.Email},true,2020-01-01T00:00:00Z\n");
                break;
            case "adminMovesTheAccount":
                (await admin.PatchAsync($"/admin/users/{owner.Id}", new { email = TestApp.NewEmail("admins") })).ShouldSucceed();
                break;
            case "adminMovesItBack":
                (await admin.PatchAsync($"/admin/users/{owner.Id}", new { email = owner.Email, emailVerified = true })).ShouldSucceed();
                break;
            case "thiefMovesOn":
                await MoveAsync(thief, TestApp.NewEmail("thief"));
                break;
            case "thiefMovesOnAndUndoes":
                await MoveAsync(thief, TestApp.NewEmail("thief"));
                (
                    await thief.PostAsync(
                        "/auth/email/change/undo",
                        new { token = (await app.NewestMailAsync(theirs, Subjects.EmailChanged)).Token }
                    )
                ).ShouldSucceed(204);
                break;
            case "thiefResets":
                (await thief.PostAsync("/auth/password/forgot", new { email = theirs })).ShouldSucceed(202);
                (
                    await thief.PostAsync(
                        "/auth/password/reset",
                        new { token = (await app.NewestMailAsync(theirs, Subjects.PasswordReset)).Token, newPassword = Person.Password }
                    )
                ).ShouldSucceed(204);
                break;
            case "othersAskToMoveThere":
                await there.SignInWithMailAsync(app, TestApp.NewEmail());
                (await there.PostAsync("/auth/email/change", new { newEmail = owner.Email })).ShouldSucceed(202);
                break;
            case "anotherAccountMovesThereAndOn":
                await there.SignInWithMailAsync(app, TestApp.NewEmail());
                await MoveAsync(there, owner.Email);
                await MoveAsync(there, TestApp.NewEmail("on"));
                break;
        }
    }

    private static async Task ImportAsync(Browser admin, string csv) =>
        Assert.That(
            (int?)(await admin.PostAsync("/admin/users/import", Wire.Body(csv, "text/csv"))).ShouldSucceed().Data["created"],
            Is.EqualTo(1)
        );

    private async Task<string> ChangeAsync(Person person)
    {
        await MoveAsync(person.Browser, TestApp.NewEmail("new"));
        return (await app.NewestMailAsync(person.Email, Subjects.EmailChanged)).Token;
    }

    private async Task MoveAsync(Browser browser, string newEmail)
    {
        (await browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        (
            await browser.PostAsync(
                "/auth/email/change/confirm",
                new { token = (await app.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token }
            )
        ).ShouldSucceed(204);
    }
}
