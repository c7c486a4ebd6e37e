using System.Collections.Concurrent;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Roles;

/// <summary>Every endpoint with every kind of caller, generated from the endpoints so that new ones are included.</summary>
public sealed class PermissionMatrixTests
{
    // What an impersonating admin may still do: view and edit what the user could, and switch or end the impersonation.
    private static readonly string[] AllowedWhileImpersonating =
    [
        "PATCH api/v1/users/me",
        "PUT api/v1/users/me/picture",
        "DELETE api/v1/users/me/picture",
        "POST api/v1/auth/impersonation/stop",
        "POST api/v1/admin/users/{id}/impersonate",
    ];

    private static TestApp App => TestApp.Current;

    private readonly ConcurrentBag<string> failures = [];
    private IReadOnlyList<ApiEndpoint> endpoints = [];

    [SetUp]
    public void Read() => (endpoints, _) = (ApiEndpoint.All(App), failures.IsEmpty);

    [TearDown]
    public void ClearFailures() => failures.Clear();

    [Test]
    public void Endpoints_AreComplete()
    {
        Assert.That(endpoints.Where(e => e.IsAdministration).ToList(), Has.Count.GreaterThanOrEqualTo(28));
        Assert.That(endpoints.Where(e => e.IsAdministration && e.Permission is null && e.AnyOf is null), Is.Empty);
        ActionGuards.PermissionsAreUsed(Product.Types).ShouldBeEmpty();
        Assert.That(
            endpoints.Select(e => e.ToString()),
            Is.EquivalentTo(ActionGuards.Endpoints(Product.Types).Select(e => $"{e.Method} {e.Route}")),
            "routes and attributes differ"
        );
    }

    [Test]
    public async Task AnonymousCallers_AreRefused_AtEveryProtectedEndpoint()
    {
        using var anonymous = App.NewBrowser();
        foreach (var endpoint in endpoints.Where(e => !e.Anonymous))
        {
            RecordUnless(endpoint, "signed out", await endpoint.CallAsync(anonymous), 401, "unauthenticated");
        }

        Assert.That(failures, Is.Empty);
    }

    [Test]
    public async Task Users_AreRefused_AtEveryAdminEndpoint()
    {
        using var user = await App.NewUserAsync();
        foreach (var endpoint in endpoints.Where(e => e.IsAdministration))
        {
            RecordUnless(endpoint, "user", await endpoint.CallAsync(user), 403, "forbidden");
        }

        Assert.That(failures, Is.Empty);
    }

    [TestCaseSource(nameof(EveryPermission))]
    public async Task OnePermission_AllowsItsOwnEndpointsOnly(string permission)
    {
        using var staff = await App.NewStaffAsync(permission);
        var held = new HashSet<string> { permission };
        foreach (var endpoint in endpoints.Where(e => e.IsAdministration && !EndsSessionsOfAll(e)))
        {
            var answer = await endpoint.CallAsync(staff);
            if (endpoint.IsOpenTo(held))
            {
                RecordUnlessAllowed(endpoint, permission, answer);
            }
            else
            {
                RecordUnless(endpoint, permission, answer, 403, "forbidden");
            }
        }

        Assert.That(failures, Is.Empty);
    }

    [Test]
    public async Task Admins_AreAllowed_AtEveryEndpoint()
    {
        using var admin = await App.NewAdminAsync();
        foreach (var endpoint in endpoints.Where(e => e.IsAdministration && !EndsSessionsOfAll(e)))
        {
            RecordUnlessAllowed(endpoint, "admin", await endpoint.CallAsync(admin));
        }

        Assert.That(failures, Is.Empty);
    }

    [Test]
    public async Task Impersonation_HasTheUsersPermissions_ExceptRestrictedActions()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        await admin.ActAsAsync(user.UserId);
        foreach (var endpoint in endpoints.Where(e => !e.Anonymous))
        {
            var answer = endpoint.ToString().EndsWith("impersonation/stop", StringComparison.Ordinal)
                ? null
                : await endpoint.CallAsync(admin);
            if (answer is null)
            {
                continue;
            }

            if (endpoint.IsAdministration)
            {
                // Both are valid reasons to refuse; their order does not matter.
                if (answer.Status != 403)
                {
                    failures.Add($"{endpoint} impersonating: {answer.Status}");
                }
            }
            else if (endpoint.NotWhileImpersonating)
            {
                RecordUnless(endpoint, "impersonating", answer, 403, "not_while_impersonating");
            }
            else
            {
                RecordUnlessAllowed(endpoint, "impersonating", answer);
            }
        }

        Assert.That(failures, Is.Empty);
    }

    [Test]
    public async Task Impersonation_OfAUserWithEveryPermission_IsRestricted()
    {
        using var admin = await App.NewAdminAsync();
        using var powerful = await App.NewStaffAsync([.. Permissions.All]);
        await admin.ActAsAsync(powerful.UserId);
        foreach (var endpoint in endpoints.Where(e => e.IsAdministration))
        {
            var answer = await endpoint.CallAsync(admin);
            if (endpoint.NotWhileImpersonating)
            {
                RecordUnless(endpoint, "impersonating", answer, 403, "not_while_impersonating");
            }
            else
            {
                RecordUnlessAllowed(endpoint, "impersonating", answer);
            }
        }

        Assert.That(failures, Is.Empty);
    }

    [Test]
    public void Changes_AreRestrictedWhileImpersonating_OrListedAsExceptions() =>
        ActionGuards
            .ChangesAreRestrictedWhileImpersonating(
                Product.Types with
                {
                    Exceptions = [.. AllowedWhileImpersonating, .. Features.All.SelectMany(f => f.AllowedWhileImpersonating)],
                }
            )
            .ShouldBeEmpty();

    private static IEnumerable<string> EveryPermission() => Permissions.All.Order(StringComparer.Ordinal);

    // It would sign out all other tests; BulkTests calls it in its own application.
    private static bool EndsSessionsOfAll(ApiEndpoint endpoint) => endpoint is { Method: "DELETE", Template: "api/v1/admin/sessions" };

    private void RecordUnless(ApiEndpoint endpoint, string who, Answer answer, int status, string code)
    {
        if (answer.Status != status || answer.Code != code)
        {
            failures.Add($"{endpoint} as {who}: {answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}");
        }
    }

    private void RecordUnlessAllowed(ApiEndpoint endpoint, string who, Answer answer)
    {
        if (answer.Status is 401 or 403 or >= 500)
        {
            failures.Add($"{endpoint} as {who}: {answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}");
        }
    }
}
