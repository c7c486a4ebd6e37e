using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>
/// The API refuses what the dashboard hides (dashboard/src/shared/lib/access.json), when called directly by a user with all other
/// permissions.
/// </summary>
public sealed class AccessTests
{
    // Endpoints not used by the dashboard.
    private static readonly string[] Unused = ["DELETE /admin/sessions"];

    private static readonly Dictionary<string, Entry> Table = JsonSerializer.Deserialize<Dictionary<string, Entry>>(
        File.ReadAllText(Repository.PathOf("dashboard", "src", "shared", "lib", "access.json")),
        JsonSerializerOptions.Web
    )!;

    private static TestApp App => TestApp.Current;

    private static IEnumerable<string> Needed => Table.Values.Select(e => e.Permission).Distinct();

    [Test]
    public void Table_ListsEveryAdminEndpoint()
    {
        var called = Table
            .Values.SelectMany(e => e.Calls)
            .Select(c => c.Split(' ') is [var method, var path, ..] ? $"{method} {path}" : c)
            .Distinct();
        var there = ApiEndpoint
            .All(App)
            .Where(e => e.IsAdministration)
            .Select(e => $"{e.Method} {e.Template["api/v1".Length..]}")
            .Except(Unused)
            .Except(Features.All.SelectMany(f => f.NotInDashboard));
        Assert.That(called, Is.EquivalentTo(there));
    }

    [TestCaseSource(nameof(Needed))]
    public async Task Api_RefusesHiddenActions_WithEveryOtherPermission(string permission)
    {
        using var staff = await App.NewStaffAsync([.. Permissions.All.Where(p => p != permission)]);
        var wrong = new List<string>();
        foreach (var call in Table.Values.Where(e => e.Permission == permission).SelectMany(e => e.Calls))
        {
            var answer = await CallAsync(staff, call);
            var refused =
                answer.Status == 403 && answer.Code == "forbidden"
                // Bulk is open to callers who may run one of its actions; each user's result is a refusal.
                || (
                    call.Contains("action=", StringComparison.Ordinal)
                    && answer.Status == 200
                    && (int?)answer.Data["succeeded"] == 0
                    && answer.Data["results"]!.AsArray().All(r => (string?)r!["code"] == "forbidden")
                );
            if (!refused)
            {
                wrong.Add($"{call}: {answer.Status} {answer.Text}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task Dashboard_HidesAdministrationFromUsers_WithoutApiRequests()
    {
        using var user = await Screen.App.NewUserAsync();
        var page = await Screen.OpenAsync(user);
        var requested = new ConcurrentQueue<string>();
        page.Request += (_, r) => requested.Enqueue(r.Url);
        foreach (
            var path in (string[])
                [
                    "/admin",
                    "/admin/users",
                    $"/admin/users/{user.UserId}",
                    "/admin/roles",
                    "/admin/service-accounts",
                    "/admin/api-keys",
                    "/admin/audit",
                    "/admin/emails",
                    "/admin/webhooks",
                    "/admin/system",
                ]
        )
        {
            await page.GotoAsync(path);
            await page.ShowsHeadingAsync("Not for you");
        }

        await Expect(page.GetByText("Administration")).Not.ToBeVisibleAsync();
        Assert.That(requested.Where(u => u.Contains("/api/v1/admin", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Dashboard_ShowsStaffOnlyPermittedActions()
    {
        using var staff = await Screen.App.NewStaffAsync(Permissions.UsersList, Permissions.UsersRead, Permissions.UsersBan);
        using var user = await Screen.App.NewUserAsync();
        var page = await Screen.OpenAsync(staff);
        await page.GotoAsync("/admin/users");
        await page.ShowsHeadingAsync("Users");
        var navigation = page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" });
        await Expect(navigation.GetByRole(AriaRole.Link))
            .ToHaveTextAsync(["Overview", "Users", "Profile", "Security", "API keys", "Devices", "Activity", "Your data"]);
        foreach (var hidden in (string[])["New user", "Import", "Export"])
        {
            await Expect(page.Button(hidden)).ToHaveCountAsync(0);
        }

        await page.GotoAsync($"/admin/users/{user.UserId}");
        await Expect(page.Button("Ban")).ToBeVisibleAsync();
        foreach (var hidden in (string[])["Profile", "Devices", "Mails", "Activity"])
        {
            await Expect(page.Section(hidden)).ToHaveCountAsync(0);
        }
    }

    private static Task<Answer> CallAsync(Browser browser, string call)
    {
        var parts = call.Split(' ');
        var path = parts[1]
            .Replace("{id}", new string('0', 32), StringComparison.Ordinal)
            .Replace("{key}", new string('0', 32), StringComparison.Ordinal)
            .Replace("{deliveryId}", new string('0', 32), StringComparison.Ordinal)
            .Replace("{name}", "nobodys-role", StringComparison.Ordinal);
        object? body = parts switch
        {
            [_, "/admin/users/bulk/matching", var action] => new
            {
                action = action["action=".Length..],
                expected = 0,
                reason = "Spam",
                roles = new[] { "user" },
            },
            [_, _, var action] => new
            {
                action = action["action=".Length..],
                ids = new[] { new string('0', 32) },
                reason = "Spam",
                roles = new[] { "user" },
            },
            ["GET" or "DELETE", ..] => null,
            _ when path.EndsWith("/import", StringComparison.Ordinal) => Wire.Body("email\n", "text/csv"),
            _ => "{}",
        };
        return browser.SendAsync(new HttpMethod(parts[0]), path, body);
    }

    private sealed record Entry(string Permission, string[] Calls);
}
