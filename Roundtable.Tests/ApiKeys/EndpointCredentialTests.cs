using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ApiKeys;

/// <summary>Which credential may call which endpoint. A new endpoint belongs in this table, which is a decision about it.</summary>
[Category("threat-57")]
public sealed class EndpointCredentialTests
{
    /// <summary>API keys are rejected.</summary>
    internal const string Cookie = "cookie";

    /// <summary>Keys of service accounts only: it requires a fresh session.</summary>
    internal const string Service = "cookie, service";

    /// <summary>Keys of users only: it is about the caller's own account.</summary>
    internal const string Person = "cookie, person";

    /// <summary>All keys.</summary>
    internal const string All = "cookie, person, service";

    private static readonly Dictionary<string, string> Table = new(Features.All.SelectMany(f => f.Credentials))
    {
        ["GET admin/api-keys"] = Cookie,
        ["DELETE admin/api-keys/{id}"] = Cookie,
        ["GET admin/audit-log"] = All,
        ["GET admin/audit-log/actions"] = All,
        ["GET admin/audit-log/export"] = Service,
        ["GET admin/audit-log/verify"] = All,
        ["GET admin/emails"] = All,
        ["POST admin/emails/retry"] = All,
        ["POST admin/emails/{id}/retry"] = All,
        ["POST admin/emails/test"] = Cookie,
        ["GET admin/health"] = All,
        ["GET admin/health/findings"] = All,
        ["GET admin/health/setup"] = All,
        ["GET admin/roles"] = All,
        ["PUT admin/roles/{name}"] = Cookie,
        ["DELETE admin/roles/{name}"] = Cookie,
        ["GET admin/service-accounts"] = Cookie,
        ["POST admin/service-accounts"] = Cookie,
        ["GET admin/service-accounts/{id}"] = Cookie,
        ["PATCH admin/service-accounts/{id}"] = Cookie,
        ["DELETE admin/service-accounts/{id}"] = Cookie,
        ["GET admin/service-accounts/{id}/api-keys"] = Cookie,
        ["POST admin/service-accounts/{id}/api-keys"] = Cookie,
        ["PATCH admin/service-accounts/{id}/api-keys/{key}"] = Cookie,
        ["DELETE admin/service-accounts/{id}/api-keys/{key}"] = Cookie,
        ["POST admin/service-accounts/{id}/api-keys/{key}/rotate"] = Cookie,
        ["DELETE admin/sessions"] = All,
        ["DELETE admin/sessions/{id}"] = All,
        ["GET admin/stats"] = All,
        ["GET admin/users"] = All,
        ["POST admin/users"] = All,
        ["POST admin/users/bulk"] = All,
        ["POST admin/users/bulk/matching"] = All,
        ["GET admin/users/export"] = Service,
        ["POST admin/users/import"] = Service,
        ["GET admin/users/{id}"] = All,
        ["PATCH admin/users/{id}"] = All,
        ["DELETE admin/users/{id}"] = All,
        ["POST admin/users/{id}/ban"] = All,
        ["POST admin/users/{id}/impersonate"] = Cookie,
        ["GET admin/users/{id}/logins"] = Cookie,
        ["DELETE admin/users/{id}/logins/{name}"] = Cookie,
        ["GET admin/users/{id}/security"] = Cookie,
        ["POST admin/users/{id}/magic-link"] = Cookie,
        ["DELETE admin/users/{id}/passkeys"] = Cookie,
        ["DELETE admin/users/{id}/picture"] = All,
        ["PUT admin/users/{id}/password"] = Cookie,
        ["PUT admin/users/{id}/roles"] = Service,
        ["GET admin/users/{id}/sessions"] = All,
        ["DELETE admin/users/{id}/sessions"] = All,
        ["DELETE admin/users/{id}/two-factor"] = Cookie,
        ["POST admin/users/{id}/unban"] = All,
        ["POST admin/users/{id}/unlock"] = All,
        ["GET admin/webhooks"] = All,
        ["POST admin/webhooks"] = Cookie,
        ["GET admin/webhooks/events"] = All,
        ["GET admin/webhooks/{id}"] = All,
        ["PATCH admin/webhooks/{id}"] = Cookie,
        ["DELETE admin/webhooks/{id}"] = Cookie,
        ["GET admin/webhooks/{id}/deliveries"] = All,
        ["GET admin/webhooks/{id}/deliveries/{deliveryId}"] = All,
        ["POST admin/webhooks/{id}/deliveries/{deliveryId}/retry"] = Cookie,
        ["POST admin/webhooks/{id}/rotate-secret"] = Cookie,
        ["POST admin/webhooks/{id}/test"] = Cookie,
        ["POST auth/api-keys/report"] = All,
        ["POST auth/email/change"] = Cookie,
        ["POST auth/email/change/confirm"] = Cookie,
        ["POST auth/email/change/undo"] = Cookie,
        ["POST auth/email/verification"] = Cookie,
        ["POST auth/email/verify"] = Cookie,
        ["POST auth/external/{name}"] = Cookie,
        ["GET auth/external/{name}/callback"] = Cookie,
        ["GET auth/external/refusal"] = Cookie,
        ["POST auth/impersonation/stop"] = Cookie,
        ["POST auth/magic-link"] = Cookie,
        ["POST auth/magic-link/code"] = Cookie,
        ["POST auth/magic-link/inspect"] = Cookie,
        ["GET auth/magic-link/pending"] = Cookie,
        ["POST auth/magic-link/verify"] = Cookie,
        ["GET auth/methods"] = All,
        ["POST auth/not-me"] = Cookie,
        ["POST auth/passkeys/registration"] = Cookie,
        ["POST auth/passkeys/registration/options"] = Cookie,
        ["POST auth/passkeys/sign-in"] = Cookie,
        ["POST auth/passkeys/sign-in/options"] = Cookie,
        ["POST auth/password/change"] = Cookie,
        ["POST auth/password/forgot"] = Cookie,
        ["POST auth/password/reset"] = Cookie,
        ["POST auth/reauthenticate"] = Cookie,
        ["GET auth/session"] = All,
        ["POST auth/sign-in"] = Cookie,
        ["POST auth/sign-out"] = Cookie,
        ["POST auth/sign-up"] = Cookie,
        ["GET auth/two-factor"] = Cookie,
        ["DELETE auth/two-factor"] = Cookie,
        ["POST auth/two-factor/confirm"] = Cookie,
        ["POST auth/two-factor/recovery-codes"] = Cookie,
        ["POST auth/two-factor/setup"] = Cookie,
        ["POST auth/two-factor/verify"] = Cookie,
        ["GET passkeys"] = Cookie,
        ["PATCH passkeys/{id}"] = Cookie,
        ["DELETE passkeys/{id}"] = Cookie,
        ["GET profile-fields"] = All,
        ["GET sessions"] = Cookie,
        ["DELETE sessions"] = Cookie,
        ["DELETE sessions/{id}"] = Cookie,
        ["GET users/me"] = Person,
        ["PATCH users/me"] = Person,
        ["DELETE users/me"] = Cookie,
        ["GET users/me/activity"] = Person,
        ["GET users/me/api-keys"] = Cookie,
        ["POST users/me/api-keys"] = Cookie,
        ["GET users/me/api-keys/{id}"] = Cookie,
        ["PATCH users/me/api-keys/{id}"] = Cookie,
        ["DELETE users/me/api-keys/{id}"] = Cookie,
        ["POST users/me/api-keys/{id}/rotate"] = Cookie,
        ["GET users/me/export"] = Cookie,
        ["GET users/me/logins"] = Cookie,
        ["GET users/me/security"] = Cookie,
        ["GET users/me/logins/pending"] = Cookie,
        ["POST users/me/logins/pending"] = Cookie,
        ["DELETE users/me/logins/pending"] = Cookie,
        ["POST users/me/logins/{name}"] = Cookie,
        ["DELETE users/me/logins/{name}"] = Cookie,
        ["PUT users/me/picture"] = Person,
        ["DELETE users/me/picture"] = Person,
        ["GET users/{id}"] = All,
        ["GET users/{id}/picture"] = All,
    };

    /// <summary>Whether keys of service accounts may call an endpoint.</summary>
    internal static bool AllowsService(string method, string template) =>
        Table[$"{method} {template["api/v1/".Length..]}"].Contains("service", StringComparison.Ordinal);

    [Test]
    public void Table_NamesEveryEndpoint() => Assert.That(Endpoints(), Is.EquivalentTo(Table.Keys));

    [Test]
    public async Task Endpoints_AcceptExactlyTheCredentialsOfTheTable()
    {
        await using var app = TestApp.Start();
        using var admin = await app.NewAdminAsync();
        var person = await admin.NewKeyAsync(KeySteps.AllScopes);
        var service = await admin.NewServiceKeyAsync(["admin"], KeySteps.AllScopes);
        foreach (var (endpoint, allowed) in Table)
        {
            var byPerson = await CallAsync(app, person.Secret, endpoint);
            var byService = await CallAsync(app, service.Secret, endpoint);
            Assert.Multiple(() =>
            {
                Check(byPerson, allowed.Contains("person", StringComparison.Ordinal), $"{endpoint} by a user's key");
                Check(byService, allowed.Contains("service", StringComparison.Ordinal), $"{endpoint} by a service account's key");
            });
        }

        // The keys have made no session and no key, and removed none.
        var keys = (await admin.GetAsync("/admin/api-keys?live=true")).ShouldSucceed();
        Assert.That(keys.Items, Has.Count.EqualTo(2));
        Assert.That((await admin.GetAsync("/sessions")).ShouldSucceed().Items, Has.Count.EqualTo(1));
    }

    private static void Check(Answer answer, bool isAllowed, string what)
    {
        // Ids that do not exist and empty bodies: what passes fails later, on those.
        if (isAllowed)
        {
            Assert.That(answer.Status, Is.Not.EqualTo(401).And.Not.EqualTo(403), $"{what}: {answer.Text}");
        }
        else
        {
            Assert.That(answer.Status, Is.EqualTo(403), $"{what}: {answer.Text}");
            Assert.That(answer.Code, Is.EqualTo("forbidden").Or.EqualTo("session_not_fresh"), what);
        }
    }

    private static Task<Answer> CallAsync(TestApp app, string secret, string endpoint)
    {
        var (method, path) = endpoint.Split(' ') is [var m, var p] ? (new HttpMethod(m), p) : throw new ArgumentException(endpoint);
        var id = new string('0', 31) + "1";
        path = path.Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{key}", id, StringComparison.Ordinal)
            .Replace("{deliveryId}", id, StringComparison.Ordinal)
            .Replace("{name}", "none", StringComparison.Ordinal);
        HttpContent? body =
            method == HttpMethod.Get || method == HttpMethod.Delete ? null
            : path.EndsWith("/import", StringComparison.Ordinal) ? Wire.Body("email\n", "text/csv")
            : Wire.Json("{}");
        return app.SendAsync(secret, method, $"/{path}", body);
    }

    private static IEnumerable<string> Endpoints() =>
        ApiEndpoint.All(TestApp.Current).Select(e => $"{e.Method} {e.Template["api/v1/".Length..]}").Distinct();
}
