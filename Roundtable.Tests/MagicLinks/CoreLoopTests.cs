using Roundtable.Tests.Support;

namespace Roundtable.Tests.MagicLinks;

/// <summary>The main scenario end to end: a mailed link, a session, an admin who manages users.</summary>
public sealed class CoreLoopTests
{
    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Admin_BansUser_WhoseNextRequestIsRefused()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        (await user.GetAsync("/users/me")).ShouldSucceed();

        var listed = (await admin.GetAsync("/admin/users?limit=100&includeTotal=true")).ShouldSucceed();
        Assert.That(listed.Items.Select(u => (string?)u["id"]), Does.Contain(user.UserId));

        var banned = (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((bool?)banned.Data["banned"], Is.True);
            Assert.That((string?)banned.Data["banReason"], Is.EqualTo("Spam"));
            Assert.That(banned.Data["banExpiresAt"], Is.Null);
        });
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }
}
