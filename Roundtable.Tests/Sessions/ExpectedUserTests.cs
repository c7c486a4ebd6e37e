using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Sessions;

/// <summary>A page names the user for whom its changes are meant: another tab may have signed in as another user.</summary>
public sealed class ExpectedUserTests
{
    private const string Header = "X-Expected-User";

    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Changes_AreRefused_WhenTheSessionIsAnotherUsers()
    {
        using var shown = await App.NewUserAsync();
        using var user = await App.NewUserAsync();
        var before = (await user.GetAsync("/users/me")).Text;
        (await user.PatchAsync("/users/me", new { name = "Mallory" }, (Header, shown.UserId))).ShouldFail(409, "other_user");
        (await user.DeleteAsync("/users/me", (Header, shown.UserId))).ShouldFail(409, "other_user");
        (await user.PostAsync("/auth/sign-out", null, (Header, shown.UserId))).ShouldFail(409, "other_user");
        foreach (var odd in (string[])["", " ", user.UserId + "x", user.UserId.ToUpperInvariant() + ",", $"{user.UserId},{shown.UserId}"])
        {
            (await user.PatchAsync("/users/me", new { name = "Mallory" }, (Header, odd))).ShouldFail(409, "other_user");
        }

        var after = (await user.GetAsync("/users/me")).Data;
        Assert.That(System.Text.Json.Nodes.JsonNode.DeepEquals(after, System.Text.Json.Nodes.JsonNode.Parse(before)!["data"]));
    }

    [Test]
    public async Task Changes_AreMade_WhenTheUserIsTheExpectedOne_OrNoneIsNamed()
    {
        using var user = await App.NewUserAsync();
        (await user.PatchAsync("/users/me", new { name = "Ada" }, (Header, user.UserId))).ShouldSucceed();
        (await user.PatchAsync("/users/me", new { name = "Eve" })).ShouldSucceed();
        using var stranger = App.NewBrowser();
        (await stranger.PatchAsync("/users/me", new { name = "Eve" }, (Header, user.UserId))).ShouldFail(401, "unauthenticated");
        (await stranger.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() }, (Header, user.UserId))).ShouldSucceed(202);
    }

    [Test]
    public async Task ApiKeys_AreNotCompared()
    {
        using var user = await App.NewUserAsync();
        var key = await user.NewKeyAsync("me:write");
        (
            await App.SendAsync(key.Secret, HttpMethod.Patch, "/users/me", new { name = "Ada" }, (Header, new string('0', 32)))
        ).ShouldSucceed();
    }
}
