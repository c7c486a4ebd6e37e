using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Roles;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>
/// Dangerous operations under <c>/admin</c> require a sign-in within the last day, by any method; one's own password and address have
/// other endpoints.
/// </summary>
[Category("threat-38")]
public sealed partial class AdminFreshSessionTests
{
    private const string Password = "violet stapler fountain";

    private TestApp app = null!;
    private Browser stale = null!;
    private Browser fresh = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        stale = await app.NewAdminAsync();
        var aDayAgo = app.Now.AddDays(-1);
        await app.ArrangeAsync(db =>
            db.Sessions.Where(s => s.UserId == stale.UserId).ExecuteUpdateAsync(s => s.SetProperty(x => x.AuthenticatedAtUtc, aDayAgo))
        );
        fresh = await app.NewAdminAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        stale.Dispose();
        fresh.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task DangerousEndpoints_RefuseAStaleSession_AndNoOthers()
    {
        var endpoints = (await WritingEndpoint.AllAsync(app)).Where(e => e.IsAdministration).ToList();
        Assert.That(endpoints.Count(e => Dangerous().IsMatch(e.ToString())), Is.GreaterThanOrEqualTo(14));
        List<string> wrong = [];
        foreach (var endpoint in endpoints.Where(e => e.ToString() != "DELETE api/v1/admin/sessions"))
        {
            var answer = await endpoint.CallAsync(stale);
            if (answer.Code == "session_not_fresh" != (Dangerous().IsMatch(endpoint.ToString()) || DependsOnTheBody(endpoint)))
            {
                wrong.Add($"{endpoint}: {answer.Status} {answer.Text}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [TestCase("""{ "email": "EMAIL", "password": "violet stapler fountain" }""", false)]
    [TestCase("""{ "email": "EMAIL", "roles": ["user"] }""", false)]
    [TestCase("""{ "email": "EMAIL", "roles": [] }""", true)]
    [TestCase("""{ "email": "EMAIL", "sendInvitation": true }""", true)]
    public async Task Create_RequiresAFreshSession_WithRolesOrAPassword(string body, bool allowed)
    {
        var answer = await stale.PostAsync("/admin/users", body.Replace("EMAIL", TestApp.NewEmail(), StringComparison.Ordinal));
        _ = allowed ? answer.ShouldSucceed(201) : answer.ShouldFail(403, "session_not_fresh");
    }

    [TestCase("""{ "email": "EMAIL" }""", false)]
    [TestCase("""{ "emailVerified": true }""", false)]
    [TestCase("""{ "emailVerified": false }""", false)]
    [TestCase("""{ "name": "Grace" }""", true)]
    public async Task Update_RequiresAFreshSession_ForTheAddress(string body, bool allowed)
    {
        using var user = await app.NewUserAsync();
        var answer = await stale.PatchAsync(
            $"/admin/users/{user.UserId}",
            body.Replace("EMAIL", TestApp.NewEmail(), StringComparison.Ordinal)
        );
        _ = allowed ? answer.ShouldSucceed() : answer.ShouldFail(403, "session_not_fresh");
    }

    [TestCase("ban", true)]
    [TestCase("unban", true)]
    [TestCase("revokeSessions", true)]
    [TestCase("delete", true)]
    [TestCase("setRoles", false)]
    public async Task Bulk_RequiresAFreshSession_ForRoles(string action, bool allowed)
    {
        using var user = await app.NewUserAsync();
        var answer = await stale.PostAsync(
            "/admin/users/bulk",
            new
            {
                action,
                ids = new[] { user.UserId },
                reason = "Spam",
                roles = new[] { "admin" },
            }
        );
        _ = allowed ? answer.ShouldSucceed() : answer.ShouldFail(403, "session_not_fresh");
    }

    [Test]
    public async Task OwnPasswordAndAddress_CannotBeSetThroughAdministration()
    {
        var own = $"/admin/users/{fresh.UserId}";
        (await fresh.PutAsync($"{own}/password", new { password = Password })).ShouldFail(409, "not_on_yourself");
        (await fresh.PatchAsync(own, new { email = TestApp.NewEmail() })).ShouldFail(409, "not_on_yourself");
        (await fresh.PatchAsync(own, new { emailVerified = false })).ShouldFail(409, "not_on_yourself");
        (await fresh.PatchAsync(own, new { name = "Grace" })).ShouldSucceed();
    }

    [Test]
    public async Task Actions_ByTheOnlyAdminOnThemself_ReturnNotOnYourself()
    {
        await using var own = TestApp.Start();
        var root = await own.RootAsync();
        (await root.PostAsync($"/admin/users/{root.UserId}/ban", new { reason = "Me" })).ShouldFail(409, "not_on_yourself");
        (await root.DeleteAsync($"/admin/users/{root.UserId}")).ShouldFail(409, "not_on_yourself");
        (await root.PutAsync($"/admin/users/{root.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldFail(
            409,
            "not_on_yourself"
        );
    }

    // The body is not read if the user does not exist.
    private static bool DependsOnTheBody(WritingEndpoint endpoint) => endpoint.ToString() == "POST api/v1/admin/users";

    [GeneratedRegex(
        "/users/{id}/(roles|password|impersonate|two-factor|passkeys|logins/{name})$|/users/(import|export)$|/audit-log/export$"
            + "|/admin/(roles|webhooks|service-accounts)(/|$)"
    )]
    private static partial Regex Dangerous();
}
