using Roundtable.Tests.Support;

namespace Roundtable.Tests.Sessions;

/// <summary>A browser's session: its cookie, its end, and what others can do to it.</summary>
public sealed class SessionTests
{
    private const string Chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    private const string Safari =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
        + "Mobile/15E148 Safari/604.1";

    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Cookie_HasTheDocumentedAttributes()
    {
        using var browser = App.NewBrowser();
        var answer = await browser.SignInByLinkAsync(TestApp.NewEmail());
        var parts = answer
            .Header("Set-Cookie")
            .Split('\n')
            .Single(c => c.StartsWith("roundtable.session=", StringComparison.Ordinal))
            .Split("; ");
        Assert.Multiple(() =>
        {
            Assert.That(
                parts.Skip(1).Select(p => p.ToLowerInvariant()).Where(p => !p.StartsWith("expires=", StringComparison.Ordinal)),
                Is.EquivalentTo(new[] { "path=/", "samesite=lax", "httponly" })
            );
            Assert.That(
                DateTimeOffset.Parse(
                    parts.Single(p => p.StartsWith("expires=", StringComparison.OrdinalIgnoreCase))[8..],
                    System.Globalization.CultureInfo.InvariantCulture
                ),
                Is.EqualTo(App.Clock.GetUtcNow().AddDays(7)).Within(TimeSpan.FromSeconds(1))
            );
        });
    }

    [Test]
    public async Task Session_IsReturned_WithUserAndPermissions()
    {
        using var user = await App.NewUserAsync();
        var answer = (await user.GetAsync("/auth/session")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.IdOf(), Is.EqualTo(user.UserId));
            Assert.That(answer.Data["permissions"]!.AsArray(), Is.Empty);
            Assert.That((bool?)answer.Data["session"]!["current"], Is.True);
            Assert.That(
                answer.Data["session"]!.AsObject().Select(m => m.Key),
                Is.EquivalentTo(
                    new[]
                    {
                        "id",
                        "createdAt",
                        "lastSeenAt",
                        "expiresAt",
                        "ipAddress",
                        "userAgent",
                        "device",
                        "method",
                        "provider",
                        "current",
                        "impersonatedBy",
                    }
                )
            );
            Assert.That(answer.Header("Cache-Control"), Does.Contain("no-store"));
        });
        using var admin = await App.NewAdminAsync();
        var permissions = (await admin.GetAsync("/auth/session")).Data["permissions"]!.AsArray().Select(p => (string?)p);
        Assert.That(permissions, Does.Contain("users:ban").And.Contain("audit:read"));
    }

    [Test]
    public async Task Session_IsNull_WhenSignedOut()
    {
        using var browser = App.NewBrowser();
        var answer = (await browser.GetAsync("/auth/session")).ShouldSucceed();
        Assert.That(answer.Json.AsObject().ContainsKey("data") && answer.Json["data"] is null, answer.Text);
    }

    [TestCase("GET", "/users/me")]
    [TestCase("PATCH", "/users/me")]
    [TestCase("GET", "/users/x")]
    [TestCase("GET", "/sessions")]
    [TestCase("DELETE", "/sessions")]
    [TestCase("DELETE", "/sessions/x")]
    public async Task Endpoint_ReturnsUnauthenticated_WhenSignedOut(string method, string path)
    {
        using var browser = App.NewBrowser();
        var answer = (await browser.SendAsync(new HttpMethod(method), path, method == "PATCH" ? "{}" : null)).ShouldFail(
            401,
            "unauthenticated"
        );
        Assert.That(answer.Header("Location"), Is.Empty);
    }

    [Test]
    public async Task List_ShowsDevices_AndMarksTheCurrentOne()
    {
        var email = TestApp.NewEmail();
        using var chrome = await App.SignInAsync(email, Chrome);
        using var safari = await App.SignInAsync(email, Safari);
        using var odd = await App.SignInAsync(email, "Toaster/1.0");
        var items = (await safari.GetAsync("/sessions")).ShouldSucceed().Items;
        Assert.Multiple(() =>
        {
            Assert.That(
                items.Select(s => (string?)s["device"]),
                Is.EquivalentTo(new[] { "Chrome on Windows", "Safari on iPhone", "Toaster" })
            );
            Assert.That(items.Where(s => (bool)s["current"]!).Select(s => (string?)s["userAgent"]), Is.EqualTo(new[] { Safari }));
            Assert.That(items.Select(s => (string?)s["method"]), Is.All.EqualTo("magicLink"));
        });
    }

    [Test]
    public async Task List_OmitsSignedOutDevices()
    {
        var email = TestApp.NewEmail();
        using var first = await App.SignInAsync(email);
        using var second = await App.SignInAsync(email);
        (await second.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        var answer = (await first.GetAsync("/sessions")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Items, Has.Count.EqualTo(1));
            Assert.That((int?)answer.Data["pagination"]!["count"], Is.EqualTo(1));
            Assert.That((bool?)answer.Data["pagination"]!["hasMore"], Is.False);
            Assert.That(answer.Data["pagination"]!["nextCursor"], Is.Null);
        });
    }

    [Test]
    public async Task Revoke_EndsOneDevice()
    {
        var email = TestApp.NewEmail();
        using var here = await App.SignInAsync(email);
        using var there = App.NewBrowser();
        var id = (await there.SignInByLinkAsync(email)).IdOf("session");
        (await here.DeleteAsync($"/sessions/{id}")).ShouldSucceed(204);
        (await there.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await here.GetAsync("/users/me")).ShouldSucceed();
        (await here.DeleteAsync($"/sessions/{id}")).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task Revoke_EndsTheCurrentDevice()
    {
        using var browser = App.NewBrowser();
        var id = (await browser.SignInByLinkAsync(TestApp.NewEmail())).IdOf("session");
        var cookie = browser.SessionCookie;
        (await browser.DeleteAsync($"/sessions/{id}")).ShouldSucceed(204);
        Assert.That(browser.SessionCookie, Is.Null);
        browser.SessionCookie = cookie;
        (await browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task RevokeOthers_KeepsTheCurrentDevice()
    {
        var email = TestApp.NewEmail();
        using var here = await App.SignInAsync(email);
        using var second = await App.SignInAsync(email);
        using var third = await App.SignInAsync(email);
        using var stranger = await App.NewUserAsync();
        (await here.DeleteAsync("/sessions")).ShouldSucceed(204);
        (await second.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await third.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await here.GetAsync("/users/me")).ShouldSucceed();
        (await stranger.GetAsync("/users/me")).ShouldSucceed();
        (await here.DeleteAsync("/sessions")).ShouldSucceed(204);
    }

    [Test]
    [Category("threat-16")]
    public async Task Revoke_ReturnsNotFound_WhenTheSessionBelongsToAnotherUser()
    {
        using var victim = App.NewBrowser();
        var id = (await victim.SignInByLinkAsync(TestApp.NewEmail())).IdOf("session");
        using var attacker = await App.NewUserAsync();
        var answer = (await attacker.DeleteAsync($"/sessions/{id}")).ShouldFail(404, "not_found");
        var made = (await attacker.DeleteAsync($"/sessions/{Guid.NewGuid():N}")).ShouldFail(404, "not_found");
        Assert.That((string?)answer.Json["detail"], Is.EqualTo((string?)made.Json["detail"]));
        (await victim.GetAsync("/users/me")).ShouldSucceed();
    }

    [TestCase("x")]
    [TestCase("%20")]
    [TestCase("%27%20or%201=1--")]
    [TestCase("..%2f..%2fusers")]
    [TestCase("%C3%BC")]
    [TestCase("%f0%9f%92%a9")]
    [Category("threat-26")]
    public async Task Revoke_ReturnsNotFound_WhenTheIdIsInvalid(string id)
    {
        using var user = await App.NewUserAsync();
        (await user.DeleteAsync($"/sessions/{id}")).ShouldFail(404, "not_found");
        (await user.GetAsync($"/users/{id}")).ShouldFail(404, "not_found");
    }

    [Test]
    [Category("threat-16")]
    public async Task InvalidCookie_ChangesNothing()
    {
        using var victim = await App.NewUserAsync();
        var good = victim.SessionCookie!;
        var middle = good.Length / 2;
        string[] cookies =
        [
            "x",
            good[..^1],
            good[1..],
            good + "A",
            good[..middle] + (good[middle] == 'A' ? 'B' : 'A') + good[(middle + 1)..],
            victim.UserId,
            "null",
            "e30",
            new string('A', 3000),
        ];
        foreach (var cookie in cookies)
        {
            using var forger = App.NewBrowser();
            forger.SessionCookie = cookie;
            (await forger.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
            (await forger.DeleteAsync("/sessions")).ShouldFail(401, "unauthenticated");
            Assert.That((await forger.GetAsync("/auth/session")).ShouldSucceed().Json["data"], Is.Null);
            (await forger.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        }

        (await victim.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    [Category("threat-11")]
    public async Task SignOut_InvalidatesASavedCookie()
    {
        using var browser = await App.NewUserAsync();
        var saved = browser.SessionCookie!;
        var answer = (await browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Text, Is.Empty);
            Assert.That(browser.SessionCookie, Is.Null);
            Assert.That(answer.Header("Set-Cookie"), Does.Contain("roundtable.session=;"));
        });
        using var thief = App.NewBrowser();
        thief.SessionCookie = saved;
        (await thief.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That((await thief.GetAsync("/auth/session")).ShouldSucceed().Json["data"], Is.Null);
    }

    [Test]
    public async Task SignOut_ReturnsTheSameResponse_WhenSignedOut()
    {
        using var browser = App.NewBrowser();
        (await browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
        (await browser.PostAsync("/auth/sign-out", "{}")).ShouldSucceed(204);
    }

    [Test]
    public async Task SignIn_OpensANewSession_AndEndsTheBrowsersOldOne()
    {
        var email = TestApp.NewEmail();
        using var browser = App.NewBrowser();
        var first = await browser.SignInByLinkAsync(email);
        var oldCookie = browser.SessionCookie!;
        var second = await browser.SignInByLinkAsync(email);
        Assert.That(second.IdOf("session"), Is.Not.EqualTo(first.IdOf("session")));
        Assert.That(browser.SessionCookie, Is.Not.EqualTo(oldCookie));
        Assert.That((await browser.GetAsync("/sessions")).Items, Has.Count.EqualTo(1));
        using var saved = App.NewBrowser();
        saved.SessionCookie = oldCookie;
        (await saved.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task SignIn_PreventsSessionFixation()
    {
        using var attacker = await App.NewUserAsync();
        var planted = attacker.SessionCookie!;
        using var victim = App.NewBrowser();
        victim.SessionCookie = planted;
        await victim.SignInByLinkAsync(TestApp.NewEmail());
        Assert.That(victim.SessionCookie, Is.Not.EqualTo(planted));
        (await attacker.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That((await victim.GetAsync("/users/me")).ShouldSucceed().IdOfData(), Is.EqualTo(victim.UserId));
    }

    [Test]
    public async Task AuthenticatedResponses_AreNotCached()
    {
        using var user = await App.NewUserAsync();
        foreach (
            var path in (string[])["/users/me", $"/users/{user.UserId}", "/sessions", "/auth/session", "/users/nobody", "/admin/users"]
        )
        {
            Assert.That((await user.GetAsync(path)).Header("Cache-Control"), Does.Contain("no-store"), path);
        }
    }
}
