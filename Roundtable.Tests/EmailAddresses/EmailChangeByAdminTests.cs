using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.EmailAddresses;

/// <summary>An admin cannot change an address silently: the old one is notified with an undo link, and the sessions end.</summary>
[Category("threat-40")]
public sealed class EmailChangeByAdminTests
{
    private static TestApp App => TestApp.Current;

    [TestCase(true)]
    [TestCase(false)]
    public async Task Change_NotifiesTheOldAddress_AndEndsTheSessions(bool verified)
    {
        using var admin = await App.NewAdminAsync();
        var (old, now) = (TestApp.NewEmail("old"), TestApp.NewEmail("new"));
        using var user = await App.SignInAsync(old);
        var changed = (
            await admin.PatchAsync($"/admin/users/{user.UserId}", new { email = now, emailVerified = verified })
        ).ShouldSucceed();
        Assert.That((bool?)changed.Data["emailVerified"], Is.EqualTo(verified));
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");

        var notice = await App.NewestMailAsync(old, Subjects.EmailChanged);
        Assert.Multiple(() =>
        {
            Assert.That(notice.Text, Does.Contain(now).And.Contain("/undo-email#token="));
            Assert.That(notice.Text, Does.Not.Contain("127.0.0.1").And.Not.Contain("Firefox"), "the admin's location is not disclosed");
        });
        using var owner = App.NewBrowser();
        (await owner.PostAsync("/auth/email/change/undo", new { token = notice.Token })).ShouldSucceed(204);
        Assert.That((string?)(await admin.GetAsync($"/admin/users/{user.UserId}")).ShouldSucceed().Data["email"], Is.EqualTo(old));
    }

    [Test]
    public async Task ChangeOfCase_IsNoAddressChange()
    {
        using var admin = await App.NewAdminAsync();
        var old = TestApp.NewEmail("spelt");
        using var user = await App.SignInAsync(old);
        var changed = (await admin.PatchAsync($"/admin/users/{user.UserId}", new { email = old.ToUpperInvariant() })).ShouldSucceed();
        Assert.That((bool?)changed.Data["emailVerified"], Is.True);
        (await user.GetAsync("/users/me")).ShouldSucceed();
        Assert.That((await App.MailsToAsync(old)).Select(m => m.Subject), Has.No.Member(Subjects.EmailChanged));
    }
}
