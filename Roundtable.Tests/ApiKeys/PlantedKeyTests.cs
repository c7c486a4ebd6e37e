using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ApiKeys;

/// <summary>Keys of an intruder end with the recovery of the account; the owner's remain and are listed.</summary>
[Category("threat-62")]
public sealed class PlantedKeyTests : AccountTests
{
    [Test]
    public async Task NotMe_EndsKeys_CreatedOrRotatedSince()
    {
        using var person = await Person.WithPasswordAsync(App);
        var old = await person.Browser.NewKeyAsync("me:read");
        var taken = await person.Browser.NewKeyAsync("me:read");
        using var thief = person.NewBrowser(Person.OtherAgent);
        (await thief.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
        var token = (await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Token;
        var planted = await thief.NewKeyAsync("me:read");
        var rotated = Key.Of((await thief.PostAsync($"/users/me/api-keys/{taken.Id}/rotate")).ShouldSucceed());

        (await App.NewBrowser().PostAsync("/auth/not-me", new { token })).ShouldSucceed(204);

        (await App.GetAsync(planted.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await App.GetAsync(rotated.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await App.GetAsync(taken.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await App.GetAsync(old.Secret, "/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task Undo_EndsKeys_CreatedSinceTheRequest()
    {
        using var person = await Person.ByLinkAsync(App);
        var old = await person.Browser.NewKeyAsync("me:read");
        var thief = await person.AtNewBrowserAsync(Person.OtherAgent);
        var theirs = TestApp.NewEmail("thief");
        (await thief.PostAsync("/auth/email/change", new { newEmail = theirs })).ShouldSucceed(202);
        var planted = await thief.NewKeyAsync("me:read");
        (
            await thief.PostAsync(
                "/auth/email/change/confirm",
                new { token = (await App.NewestMailAsync(theirs, Subjects.ConfirmChange)).Token }
            )
        ).ShouldSucceed(204);
        var undo = (await App.NewestMailAsync(person.Email, Subjects.EmailChanged)).Token;
        (await App.NewBrowser().PostAsync("/auth/email/change/undo", new { token = undo })).ShouldSucceed(204);
        (await App.GetAsync(planted.Secret, "/users/me")).ShouldFail(401, "unauthenticated");
        (await App.GetAsync(old.Secret, "/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task PasswordNotices_ListTheLiveKeys_WithALink([Values] bool byAdmin)
    {
        using var person = await Person.WithPasswordAsync(App);
        var live = await person.Browser.NewKeyAsync("me:read");
        var ended = await person.Browser.NewKeyAsync("me:read");
        (await person.Browser.DeleteAsync($"/users/me/api-keys/{ended.Id}")).ShouldSucceed(204);
        if (byAdmin)
        {
            using var admin = await App.NewAdminAsync();
            (await admin.PutAsync($"/admin/users/{person.Id}/password", new { password = Person.NewPassword })).ShouldSucceed(204);
        }
        else
        {
            (await person.Browser.PostAsync("/auth/password/forgot", new { email = person.Email })).ShouldSucceed(202);
            var token = (await App.NewestMailAsync(person.Email, Subjects.PasswordReset)).Token;
            (await App.NewBrowser().PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword })).ShouldSucceed(204);
        }

        var notice = await App.NewestMailAsync(person.Email, Subjects.PasswordChanged);
        Assert.That(notice.Text, Does.Contain(live.Prefix).And.Not.Contains(ended.Prefix).And.Contains("/api-keys"));
        (await App.GetAsync(live.Secret, "/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task NotMe_EndsKeysOfServiceAccounts_ThatTheIntruderCreated()
    {
        using var root = await App.NewAdminAsync();
        using var person = await Person.WithPasswordAsync(App);
        (await root.PutAsync($"/admin/users/{person.Id}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        var own = await person.Browser.NewServiceKeyAsync(["admin"], "users:list");
        using var thief = person.NewBrowser(Person.OtherAgent);
        (await thief.PostAsync("/auth/sign-in", new { email = person.Email, password = Person.Password })).ShouldSucceed();
        var token = (await App.NewestMailAsync(person.Email, Subjects.NewDevice)).Token;
        var backdoor = await thief.NewServiceKeyAsync(["admin"], "users:list");
        (await App.NewBrowser().PostAsync("/auth/not-me", new { token })).ShouldSucceed(204);
        (await App.GetAsync(backdoor.Secret, "/admin/users")).ShouldFail(401, "unauthenticated");
        (await App.GetAsync(own.Secret, "/admin/users")).ShouldSucceed();
    }

    [Test]
    public async Task PasswordNotices_ListTheNewestKeys_OfMany()
    {
        using var person = await Person.WithPasswordAsync(App);
        for (var i = 0; i < 11; i++)
        {
            await CreateAsync(person.Browser, $"{i} {new string('n', 40)}");
        }

        await CreateAsync(person.Browser, "planted");
        var change = new { currentPassword = Person.Password, newPassword = Person.NewPassword };
        (await person.Browser.PostAsync("/auth/password/change", change)).ShouldSucceed(204);
        var notice = await App.NewestMailAsync(person.Email, Subjects.PasswordChanged);
        Assert.That(notice.Text, Does.Contain("planted (rt_pat_").And.Contains("+2"));

        static async Task CreateAsync(Browser browser, string name) =>
            (await browser.PostAsync("/users/me/api-keys", new { name, scopes = new[] { "me:read" } })).ShouldSucceed(201);
    }

    [Test]
    public async Task PasswordNotices_NameNoKeys_WhereThereAreNone()
    {
        using var person = await Person.WithPasswordAsync(App);
        using var admin = await App.NewAdminAsync();
        (await admin.PutAsync($"/admin/users/{person.Id}/password", new { password = Person.NewPassword })).ShouldSucceed(204);
        var notice = await App.NewestMailAsync(person.Email, Subjects.PasswordChanged);
        Assert.That(notice.Text, Does.Not.Contain("/api-keys"));
    }
}
