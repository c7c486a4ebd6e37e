using Roundtable.Application.ApiKeys;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ApiKeys;

/// <summary>A key has the rights of its owner at the moment, within its scopes, and a cookie beside it does not count.</summary>
public sealed class ApiKeyRightsTests : AccountTests
{
    private static readonly string[] Losses = ["demoted", "banned", "deleted", "role narrowed", "revoked", "scopes", "network"];

    private static readonly string[] ServiceLosses = ["demoted", "disabled", "deleted", "role narrowed", "revoked", "scopes", "network"];

    [TestCaseSource(nameof(Losses))]
    [Category("threat-58")]
    public async Task UsersKey_LosesWhatItsOwnerLoses_AtTheNextRequest_OnEveryInstance(string loss)
    {
        using var admin = await App.NewAdminAsync();
        var role = await NewRoleAsync(admin, "users:list", "users:ban");
        using var owner = await App.NewUserAsync();
        (await admin.PutAsync($"/admin/users/{owner.UserId}/roles", new { roles = new[] { role } })).ShouldSucceed();
        var key = await owner.NewKeyAsync("users:list", "users:ban");
        await using var other = App.StartSibling();
        (await App.GetAsync(key.Secret, "/admin/users")).ShouldSucceed();
        (await other.GetAsync(key.Secret, "/admin/users")).ShouldSucceed();

        var own = $"/users/me/api-keys/{key.Id}";
        var expected = loss is "demoted" or "role narrowed" or "scopes" ? 403 : 401;
        _ = loss switch
        {
            "demoted" => (
                await admin.PutAsync($"/admin/users/{owner.UserId}/roles", new { roles = Array.Empty<string>() })
            ).ShouldSucceed(),
            "banned" => (await admin.PostAsync($"/admin/users/{owner.UserId}/ban", new { reason = "Spam" })).ShouldSucceed(),
            "deleted" => (await admin.DeleteAsync($"/admin/users/{owner.UserId}")).ShouldSucceed(204),
            "role narrowed" => (await admin.PutAsync($"/admin/roles/{role}", new { permissions = new[] { "users:ban" } })).ShouldSucceed(),
            "revoked" => (await owner.DeleteAsync(own)).ShouldSucceed(204),
            "scopes" => (await owner.PatchAsync(own, new { scopes = new[] { "users:ban" } })).ShouldSucceed(),
            _ => (await owner.PatchAsync(own, new { allowedNetworks = new[] { "192.0.2.0/24" } })).ShouldSucceed(),
        };
        foreach (var instance in (TestApp[])[App, other])
        {
            var answer = (await instance.GetAsync(key.Secret, "/admin/users")).ShouldFail(
                expected,
                expected == 401 ? "unauthenticated" : "forbidden"
            );
            Assert.That(expected == 401 || (string?)answer.Json["context"]!["scope"] == "users:list", Is.True, answer.Text);
        }
    }

    [TestCaseSource(nameof(ServiceLosses))]
    [Category("threat-58")]
    public async Task ServiceKey_LosesWhatItsAccountLoses_AtTheNextRequest(string loss)
    {
        using var admin = await App.NewAdminAsync();
        var role = await NewRoleAsync(admin, "users:list", "users:ban");
        var sync = await admin.NewServiceKeyAsync([role], "users:list", "users:ban");
        (await App.GetAsync(sync.Secret, "/admin/users")).ShouldSucceed();
        var expected = loss is "demoted" or "role narrowed" or "scopes" ? 403 : 401;
        _ = loss switch
        {
            "demoted" => (await admin.PatchAsync(sync.Path, new { roles = Array.Empty<string>() })).ShouldSucceed(),
            "disabled" => (await admin.PatchAsync(sync.Path, new { disabled = true })).ShouldSucceed(),
            "deleted" => (await admin.DeleteAsync(sync.Path)).ShouldSucceed(204),
            "role narrowed" => (await admin.PutAsync($"/admin/roles/{role}", new { permissions = new[] { "users:ban" } })).ShouldSucceed(),
            "revoked" => (await admin.DeleteAsync(sync.KeyPath)).ShouldSucceed(204),
            "scopes" => (await admin.PatchAsync(sync.KeyPath, new { scopes = new[] { "users:ban" } })).ShouldSucceed(),
            _ => (await admin.PatchAsync(sync.KeyPath, new { allowedNetworks = new[] { "2001:db8::/32" } })).ShouldSucceed(),
        };
        (await App.GetAsync(sync.Secret, "/admin/users")).ShouldFail(expected, expected == 401 ? "unauthenticated" : "forbidden");
        if (loss == "disabled")
        {
            (await admin.PatchAsync(sync.Path, new { disabled = false })).ShouldSucceed();
            (await App.GetAsync(sync.Secret, "/admin/users")).ShouldSucceed();
        }
    }

    [Test]
    [Category("threat-58")]
    public async Task Key_GrantsNoRole_BeyondItsScopes()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], "users:set-role", "users:ban", "users:read");
        var answer = await App.SendAsync(
            sync.Secret,
            HttpMethod.Put,
            $"/admin/users/{user.UserId}/roles",
            new { roles = new[] { "admin" } }
        );
        answer.ShouldFail(403, "forbidden");
        Assert.That((string?)answer.Json["context"]!["scope"], Is.Not.Null);
        (await App.SendAsync(sync.Secret, HttpMethod.Post, $"/admin/users/{admin.UserId}/ban", new { reason = "x" })).ShouldFail(
            403,
            "forbidden"
        );
        (await App.SendAsync(sync.Secret, HttpMethod.Post, $"/admin/users/{user.UserId}/ban", new { reason = "x" })).ShouldSucceed();
    }

    [Test]
    [Category("threat-59")]
    public async Task Key_CountsAlone_BesideACookie()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        var key = await user.NewKeyAsync("me:read");
        var cookie = ("Cookie", $"roundtable.session={admin.SessionCookie}");

        // A good key is the caller; a bad one is never replaced by the cookie, not even where anyone may call.
        var me = (await App.SendAsync(key.Secret, HttpMethod.Get, "/users/me", null, cookie)).ShouldSucceed();
        Assert.That(me.IdOfData(), Is.EqualTo(user.UserId));
        (await App.SendAsync(key.Secret, HttpMethod.Get, "/admin/users", null, cookie)).ShouldFail(403, "forbidden");
        foreach (var bad in (string[])["", "rt_pat_", key.Secret[..^1], $"{key.Secret}x", ApiKeySecrets.Create(false), "a b"])
        {
            foreach (var path in (string[])["/users/me", "/auth/session", "/auth/methods"])
            {
                var refused = (await App.SendAsync(bad, HttpMethod.Get, path, null, cookie)).ShouldFail(401, "unauthenticated");
                Assert.That(refused.Header("WWW-Authenticate"), Is.EqualTo("Bearer error=\"invalid_token\""), path);
            }
        }

        // Signing out and in by key is refused, and the cookie's session goes on.
        (await App.SendAsync(key.Secret, HttpMethod.Post, "/auth/sign-out", null, cookie)).ShouldFail(403, "forbidden");
        (await admin.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase("Bearer")]
    [TestCase("bearer rt_pat_x")]
    [TestCase("BEARER \t")]
    [TestCase("Basic YTpi")]
    [TestCase("Bearerx")]
    [TestCase("Basic YTpi, Bearer x")]
    [Category("threat-59")]
    public async Task Header_NeverLetsAForeignPageUseTheCookie(string authorization)
    {
        using var user = await App.NewUserAsync();
        (string, string)[] headers =
        [
            ("Authorization", authorization),
            ("Cookie", $"roundtable.session={user.SessionCookie}"),
            ("Origin", "https://evil.example"),
            ("Sec-Fetch-Site", "cross-site"),
        ];
        var answer = await Wire.SendAsync(App, HttpMethod.Patch, "/api/v1/users/me", Wire.Json("""{"bio":"evil"}"""), headers);
        Assert.That(answer.Status, Is.EqualTo(401).Or.EqualTo(403), answer.Text);
        Assert.That((await user.GetAsync("/users/me")).ShouldSucceed().Data["profile"]!["bio"], Is.Null);
    }

    [Test]
    [Category("threat-59")]
    public async Task Key_PassesTheGuardAgainstForeignPages_WithItsOwnRightsOnly()
    {
        using var user = await App.NewUserAsync();
        var key = await user.NewKeyAsync("me:write");
        (
            await App.SendAsync(key.Secret, HttpMethod.Patch, "/users/me", new { bio = "x" }, ("Origin", "https://tool.example"))
        ).ShouldSucceed();
    }

    [Test]
    public async Task Widening_NeedsAFreshSession_AndNarrowingDoesNot()
    {
        await using var app = TestApp.Start();
        using var user = await app.NewUserAsync();
        var key = Key.Of(
            (
                await user.PostAsync(
                    "/users/me/api-keys",
                    new
                    {
                        name = "a",
                        scopes = new[] { "me:read" },
                        allowedNetworks = new[] { "127.0.0.0/8", "::1" },
                    }
                )
            ).ShouldSucceed(201)
        );
        var path = $"/users/me/api-keys/{key.Id}";
        app.Clock.Advance(TimeSpan.FromDays(1));
        foreach (
            var wider in (object[])
                [
                    new { scopes = new[] { "me:read", "me:write" } },
                    new { allowedNetworks = Array.Empty<string>() },
                    new { allowedNetworks = (string[]?)null },
                    new { allowedNetworks = new[] { "127.0.0.0/7" } },
                    new { allowedNetworks = new[] { "127.0.0.1", "10.0.0.0/8" } },
                ]
        )
        {
            (await user.PatchAsync(path, wider)).ShouldFail(403, "session_not_fresh");
        }

        (await user.PatchAsync(path, new { name = "b", allowedNetworks = new[] { "127.0.0.1" } })).ShouldSucceed();
        (await app.GetAsync(key.Secret, "/users/me")).ShouldSucceed();
        (await user.PostAsync("/users/me/api-keys", new { name = "a", scopes = new[] { "me:read" } })).ShouldFail(403, "session_not_fresh");
        (await user.PostAsync($"{path}/rotate")).ShouldFail(403, "session_not_fresh");
        (await user.DeleteAsync(path)).ShouldSucceed(204);
    }

    private static async Task<string> NewRoleAsync(Browser admin, params string[] permissions)
    {
        var role = $"role-{Guid.NewGuid():N}";
        (await admin.PutAsync($"/admin/roles/{role}", new { permissions })).ShouldSucceed(201);
        return role;
    }
}
