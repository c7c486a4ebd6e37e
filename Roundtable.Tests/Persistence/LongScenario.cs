using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Operations;
using Roundtable.Application.Users;
using Roundtable.Infrastructure.Persistence.Operations;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>Runs nearly every operation once, so that every statement of the application is issued.</summary>
internal static class LongScenario
{
    public static async Task RunAsync(TestApp app)
    {
        using var admin = await app.SignInAsAdminAsync();
        var others = new[] { await app.SignInAsync(TestApp.NewEmail("ada")), await app.SignInAsync(TestApp.NewEmail("bob")) };
        await ListUsersAsync(admin);
        await ListAuditAsync(admin, others[0].UserId);
        foreach (var feature in Features.All)
        {
            await feature.UseAsync(admin, others[0]);
        }

        await AdministerAsync(admin, others[0].UserId);
        var hook = await AddWebhookAsync(admin);
        await OwnAccountAsync(app, TestApp.NewEmail("eve"));
        await UseWebhookAsync(admin, hook);

        // Last, as a day passes: dangerous operations need a fresh session.
        await ManageAsync(app, admin, others[0], others[1]);
        await CleanUpAsync(app, admin);
        foreach (var other in others)
        {
            other.Dispose();
        }
    }

    private static async Task ListUsersAsync(Browser admin)
    {
        var since = Uri.EscapeDataString("2020-01-01T00:00:00Z");
        string[] filters =
        [
            "",
            "search=example",
            "role=user",
            "banned=false",
            "banned=true",
            "emailVerified=true",
            "emailVerified=false",
            "search=a&banned=false&emailVerified=true",
            $"createdFrom={since}&createdTo=2100-01-01",
            $"lastSeenFrom={since}",
            $"search=a&role=user&banned=false&emailVerified=true&createdFrom={since}&createdTo=2100-01-01&lastSeenFrom={since}",
        ];
        foreach (var sort in Enum.GetNames<UserSort>().Select(JsonNamingPolicy.CamelCase.ConvertName))
        {
            foreach (var order in (string[])["asc", "desc"])
            {
                foreach (var filter in filters)
                {
                    await PagesAsync(admin, $"/admin/users?limit=1&sort={sort}&order={order}&{filter}");
                }
            }
        }
    }

    private static async Task ListAuditAsync(Browser admin, string userId)
    {
        foreach (
            var filter in (string[])
                [
                    "",
                    $"actor={userId}",
                    $"target={userId}",
                    $"subject={userId}",
                    $"user={userId}",
                    $"user={userId}&action=magicLink.redeemed&from=2020-01-01&to=2100-01-01",
                    "action=magicLink.requested",
                    "from=2020-01-01",
                    "to=2100-01-01",
                    "from=2020-01-01&to=2100-01-01",
                    $"actor={userId}&target={userId}&action=magicLink.redeemed&from=2020-01-01&to=2100-01-01",
                ]
        )
        {
            await PagesAsync(admin, $"/admin/audit-log?limit=1&{filter}");
        }
    }

    private static async Task ManageAsync(TestApp app, Browser admin, Browser ada, Browser bob)
    {
        (await admin.GetAsync($"/admin/users/{ada.UserId}")).ShouldSucceed();
        (await admin.GetAsync($"/users/{ada.UserId}")).ShouldSucceed();
        (await ada.GetAsync($"/users/{bob.UserId}")).ShouldSucceed();
        (await admin.GetAsync($"/admin/users/{ada.UserId}/sessions")).ShouldSucceed();
        (await admin.PutAsync($"/admin/users/{ada.UserId}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        (await admin.PutAsync($"/admin/users/{ada.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        app.Clock.Advance(TimeSpan.FromHours(25));
        (await ada.GetAsync("/users/me")).ShouldSucceed();
        (await ada.GetAsync("/sessions")).ShouldSucceed();
        (await ada.GetAsync("/auth/session")).ShouldSucceed();
        (await ada.DeleteAsync("/sessions")).ShouldSucceed(204);
        var own = (await bob.GetAsync("/auth/session")).ShouldSucceed();
        (await admin.DeleteAsync($"/admin/sessions/{(string)own.Data["session"]!["id"]!}")).ShouldSucceed(204);
        (await admin.PostAsync($"/admin/users/{ada.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{ada.UserId}/unban")).ShouldSucceed();
        (await admin.DeleteAsync($"/admin/users/{ada.UserId}/sessions")).ShouldSucceed(204);
        (await bob.RawAsync(HttpMethod.Get, "/health/ready")).ShouldSucceed();
    }

    private static async Task AdministerAsync(Browser admin, string userId)
    {
        foreach (
            var list in (string[])
                [
                    "/admin/emails?limit=1",
                    "/admin/emails?limit=1&status=sent",
                    $"/admin/emails?limit=1&userId={userId}",
                    $"/admin/emails?limit=1&userId={userId}&status=sent",
                ]
        )
        {
            await PagesAsync(admin, list);
        }

        foreach (
            var read in (string[])
                [
                    "/admin/roles",
                    "/admin/stats",
                    "/admin/audit-log/verify",
                    "/admin/users/export?format=csv",
                    "/admin/users/export?format=csv&search=a&role=user&banned=false",
                    "/admin/audit-log/export?format=csv",
                    "/admin/audit-log/export?format=ndjson&from=2020-01-01&to=2100-01-01",
                ]
        )
        {
            (await admin.GetAsync(read)).ShouldSucceed();
        }

        var made = (
            await admin.PostAsync(
                "/admin/users",
                new
                {
                    email = TestApp.NewEmail("made"),
                    name = "Made",
                    sendInvitation = true,
                }
            )
        ).ShouldSucceed(201);
        var id = (string)made.Data["id"]!;
        (await admin.PatchAsync($"/admin/users/{id}", new { name = "Changed" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{id}/unlock")).ShouldSucceed(204);
        (await admin.PostAsync("/admin/users/bulk", new { action = "revokeSessions", ids = new[] { id } })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{id}/impersonate", new { reason = "Support" })).ShouldSucceed();
        (await admin.GetAsync("/users/me")).ShouldSucceed();
        (await admin.PostAsync("/auth/impersonation/stop")).ShouldSucceed();
        (await admin.PutAsync("/admin/roles/helper", new { permissions = new[] { "users:list" } })).ShouldSucceed(201);
        (await admin.DeleteAsync("/admin/roles/helper")).ShouldSucceed(204);
        (await admin.DeleteAsync($"/admin/users/{id}")).ShouldSucceed(204);
    }

    private static async Task<string> AddWebhookAsync(Browser admin)
    {
        var made = (
            await admin.PostAsync("/admin/webhooks", new { url = "http://127.0.0.1:9/", events = new[] { "user.created", "user.deleted" } })
        ).ShouldSucceed(201);
        var id = (string)made.Data["webhook"]!["id"]!;
        (await admin.GetAsync($"/admin/webhooks/{id}")).ShouldSucceed();
        (await admin.PatchAsync($"/admin/webhooks/{id}", new { events = Array.Empty<string>() })).ShouldSucceed();
        (await admin.PostAsync($"/admin/webhooks/{id}/rotate-secret")).ShouldSucceed();
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
        return id;
    }

    private static async Task UseWebhookAsync(Browser admin, string id)
    {
        await PagesAsync(admin, "/admin/webhooks?limit=1");
        await PagesAsync(admin, $"/admin/webhooks/{id}/deliveries?limit=1");
        await PagesAsync(admin, $"/admin/webhooks/{id}/deliveries?limit=1&status=pending");
        var delivery = (await admin.GetAsync($"/admin/webhooks/{id}/deliveries?limit=1&status=pending")).ShouldSucceed().Items.Single();
        (await admin.PostAsync($"/admin/webhooks/{id}/deliveries/{(string)delivery["id"]!}/retry")).ShouldSucceed(202);
        (await admin.DeleteAsync($"/admin/webhooks/{id}")).ShouldSucceed(204);
    }

    private static async Task OwnAccountAsync(TestApp app, string email)
    {
        const string password = "correct horse battery staple";
        using var browser = app.NewBrowser();
        (
            await browser.PostAsync(
                "/auth/sign-up",
                new
                {
                    email,
                    password,
                    name = "Eve",
                }
            )
        ).ShouldSucceed(202);
        (await browser.PostAsync("/auth/email/verify", new { token = (await app.Mail.WaitAsync(email))[^1].Token })).ShouldSucceed(204);
        (await browser.PostAsync("/auth/sign-in", new { email, password = "wrong password here" })).ShouldFail(401, "invalid_credentials");
        (await browser.PostAsync("/auth/sign-in", new { email, password })).ShouldSucceed();
        (await browser.PostAsync("/auth/reauthenticate", new { password })).ShouldSucceed(204);
        (await browser.PatchAsync("/users/me", new { name = "Eve", bio = "Text" })).ShouldSucceed();
        (await browser.PostAsync("/auth/password/forgot", new { email })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/password/reset", new { token = new string('a', 43), newPassword = password })).ShouldFail(
            400,
            "invalid_token"
        );
        (await browser.PostAsync("/auth/password/change", new { currentPassword = password, newPassword = password + "!" })).ShouldSucceed(
            204
        );
        (await browser.PostAsync("/auth/email/change", new { newEmail = TestApp.NewEmail("new") })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed();
        (await browser.GetAsync("/auth/two-factor")).ShouldSucceed();
        (await browser.PostAsync("/auth/passkeys/registration/options")).ShouldSucceed();
        (await browser.GetAsync("/passkeys")).ShouldSucceed();
        await PagesAsync(browser, "/users/me/activity?limit=1");
        (await browser.GetAsync("/users/me/export")).ShouldSucceed();
        (await browser.DeleteAsync("/users/me")).ShouldSucceed(204);
        (await browser.PostAsync("/auth/sign-out")).ShouldSucceed(204);
    }

    private static async Task CleanUpAsync(TestApp app, Browser admin)
    {
        (await admin.GetAsync("/admin/health")).ShouldSucceed();
        (await admin.DeleteAsync("/admin/sessions?search=nobody")).ShouldSucceed();
        (await admin.DeleteAsync("/admin/sessions?all=true")).ShouldSucceed();
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CleanupService>().RunAsync(CancellationToken.None);
        var inspection = scope.ServiceProvider.GetRequiredService<DatabaseInspection>();
        await inspection.CountLiveSessionsAsync(CancellationToken.None);
        await inspection.HasAdminAsync(CancellationToken.None);
        await inspection.ReferenceTimeAsync(CancellationToken.None);
    }

    /// <summary>Requests the first page of a list, the next one if there is one, and the count.</summary>
    public static async Task PagesAsync(Browser browser, string list)
    {
        var first = (await browser.GetAsync(list)).ShouldSucceed();
        if ((string?)first.Data["pagination"]!["nextCursor"] is { } cursor)
        {
            (await browser.GetAsync($"{list}&cursor={Uri.EscapeDataString(cursor)}")).ShouldSucceed();
        }

        (await browser.GetAsync($"{list}&includeTotal=true")).ShouldSucceed();
    }
}
