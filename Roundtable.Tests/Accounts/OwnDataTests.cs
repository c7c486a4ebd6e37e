using System.Text.Json.Nodes;

namespace Roundtable.Tests.Accounts;

public sealed class OwnDataTests : AccountTests
{
    [Test]
    public async Task Activity_ListsTheUsersActions_NewestFirst()
    {
        using var person = await Person.WithPasswordAsync(App);
        (await person.TryPasswordAsync("not the password")).ShouldFail(401, "invalid_credentials");
        using var other = await Person.ByLinkAsync(App);

        var activity = (await person.Browser.GetAsync("/users/me/activity?limit=100&includeTotal=true")).ShouldSucceed();

        var actions = activity.Items.Select(e => (string)e["action"]!).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(actions[0], Is.EqualTo("signIn.failed"));
            Assert.That(actions, Is.SupersetOf(new[] { "user.created", "magicLink.redeemed", "session.created", "password.changed" }));
            Assert.That(activity.Items.Select(e => (string)e["id"]!), Is.Ordered.Descending);
            Assert.That(activity.Items.Select(e => (string?)e["actor"]?["id"]), Is.All.Null.Or.EqualTo(person.Id));
            Assert.That(activity.Items.Select(e => (string?)e["ipAddress"]), Is.All.Not.Null);
            Assert.That((int?)activity.Data["pagination"]!["total"], Is.EqualTo(actions.Count));
            Assert.That(activity.Text, Does.Not.Contain(other.Id).And.Not.Contain(other.Email));
        });
        (await person.NewBrowser().GetAsync("/users/me/activity")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Activity_ShowsALiftedBan_WithoutTheAdminsAddressAndDevice()
    {
        using var person = await Person.ByLinkAsync(App);
        using var admin = await App.SignInAsAdminAsync();
        (await admin.PostAsync($"/admin/users/{person.Id}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{person.Id}/unban")).ShouldSucceed();
        var browser = await person.AtNewBrowserAsync();

        var ban = (await browser.GetAsync("/users/me/activity?limit=100"))
            .ShouldSucceed()
            .Items.Single(e => (string?)e["action"] == "user.banned");

        Assert.Multiple(() =>
        {
            Assert.That(ban["ipAddress"], Is.Null);
            Assert.That(ban["userAgent"], Is.Null);
            Assert.That((string?)ban["target"]!["id"], Is.EqualTo(person.Id));
            Assert.That(ban["actor"], Is.Not.Null);
        });
    }

    [Test]
    public async Task Activity_IsRefused_WhenCursorBelongsToAnotherUserOrIsTampered()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var other = await Person.WithPasswordAsync(App);
        var first = (await other.Browser.GetAsync("/users/me/activity?limit=2")).ShouldSucceed();
        var cursor = (string)first.Data["pagination"]!["nextCursor"]!;

        var second = (await other.Browser.GetAsync($"/users/me/activity?limit=2&cursor={cursor}")).ShouldSucceed();
        Assert.That(second.Items.Select(i => (string?)i["id"]), Is.Not.SubsetOf(first.Items.Select(i => (string?)i["id"])));
        (await person.Browser.GetAsync($"/users/me/activity?cursor={cursor}")).ShouldFail(400, "invalid_cursor");
        (await person.Browser.GetAsync("/users/me/activity?cursor=abc")).ShouldFail(400, "invalid_cursor");
        (await person.Browser.GetAsync("/users/me/activity?limit=0")).ShouldFail(400, "validation_failed");
    }

    [Test]
    [Category("threat-23")]
    public async Task Export_ContainsEverythingButSecrets_WhenSessionIsFresh()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        (await person.Browser.PatchAsync("/users/me", new { name = "Ada Lovelace", bio = "First of her kind" })).ShouldSucceed();
        var ended = person.NewBrowser();
        (await ended.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
        (await ended.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync() })).ShouldSucceed();
        (await ended.PostAsync("/auth/sign-out")).ShouldSucceed(204);

        var answer = (await person.Browser.GetAsync("/users/me/export")).ShouldSucceed();

        var data = answer.Data;
        var stored = (await App.FindUserAsync(person.Email))!.Credentials;
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("Content-Disposition"), Does.StartWith("attachment"));
            Assert.That((string?)data["user"]!["email"], Is.EqualTo(person.Email));
            Assert.That((string?)data["user"]!["profile"]!["bio"], Is.EqualTo("First of her kind"));
            Assert.That((bool?)data["hasPassword"], Is.True);
            Assert.That((int?)data["recoveryCodesLeft"], Is.EqualTo(10));
            Assert.That(data["passkeys"]!.AsArray(), Is.Empty);
            Assert.That(data["sessions"]!.AsArray(), Has.Count.EqualTo(2), "includes ended sessions");
            Assert.That(
                data["mails"]!.AsArray().Select(m => (string?)m!["template"]),
                Is.SupersetOf(new[] { "password-changed", "two-factor-changed" })
            );
            Assert.That(
                data["activity"]!.AsArray().Select(e => (string?)e!["action"]),
                Is.SupersetOf(new[] { "user.created", "password.changed", "session.ended" })
            );
            Assert.That(data["features"], Is.InstanceOf<JsonObject>());
            Assert.That(
                answer.Text,
                Does.Not.Contain(person.Secret).And.Not.Contain(stored.PasswordHash).And.Not.Contain(stored.ProtectedTwoFactorSecret)
            );
            Assert.That(person.RecoveryCodes.Where(answer.Text.Contains), Is.Empty);
            Assert.That(Names(data).Where(IsSecretName), Is.Empty);
        });
    }

    private static bool IsSecretName(string name) =>
        name is not "hasPassword" and not "recoveryCodesLeft"
        && ((string[])["hash", "secret", "password", "token", "publicKey", "credentialId", "stamp", "protected"]).Any(s =>
            name.Contains(s, StringComparison.OrdinalIgnoreCase)
        );

    private static IEnumerable<string> Names(JsonNode? node) =>
        node switch
        {
            JsonObject o => o.SelectMany(p => Names(p.Value).Prepend(p.Key)),
            JsonArray a => a.SelectMany(Names),
            _ => [],
        };
}
