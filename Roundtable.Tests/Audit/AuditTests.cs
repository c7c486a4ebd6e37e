using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Domain.Audit;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Audit;

/// <summary>Every account change records the actor, the IP address, the user agent and the request ID.</summary>
public sealed class AuditTests : AccountTests
{
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    // Other tests cover these operations, or they change nothing permanently.
    private static readonly string[] TestedElsewhere =
    [
        "POST auth/api-keys/report",
        "POST auth/external/{name}",
        "POST auth/magic-link/code",
        "POST auth/magic-link/inspect",
        "POST auth/not-me",
        "POST users/me/api-keys",
        "PATCH users/me/api-keys/{id}",
        "DELETE users/me/api-keys/{id}",
        "POST users/me/api-keys/{id}/rotate",
        "DELETE users/me/logins/pending",
        "DELETE users/me/logins/{name}",
        "POST users/me/logins/pending",
        "POST users/me/logins/{name}",
        "PUT users/me/picture",
        "DELETE users/me/picture",
        "POST auth/passkeys/registration",
        "PATCH passkeys/{id}",
        "DELETE passkeys/{id}",
        "POST auth/passkeys/sign-in",
        "POST auth/passkeys/registration/options",
        "POST auth/passkeys/sign-in/options",
    ];

    private readonly HashSet<string> called = [];

    [Test]
    [Order(1)]
    public async Task Account_LogsEveryChange_WithActorAddressDeviceAndRequest()
    {
        using var p = await Person.ByLinkAsync(App);
        var (stranger, fresh) = (App.NewBrowser(), TestApp.NewEmail("fresh"));

        await CheckAsync(
            stranger,
            "POST auth/sign-up",
            new
            {
                email = fresh,
                password = Person.Password,
                name = "Grace",
            },
            202,
            null,
            "signUp.requested"
        );
        await CheckAsync(stranger, "POST auth/email/verification", new { email = fresh }, 202, null, "email.verificationRequested");
        var freshId = (await App.FindUserAsync(fresh))!.Id;
        await CheckAsync(stranger, "POST auth/sign-in", new { email = fresh, password = "not the password" }, 401, null, "signIn.failed");
        await CheckAsync(
            stranger,
            "POST auth/email/verify",
            new { token = (await App.NewestMailAsync(fresh, Subjects.Verification)).Token },
            204,
            freshId,
            "email.verified"
        );
        await CheckAsync(stranger, "POST auth/sign-in", new { email = fresh, password = Person.Password }, 200, freshId, "session.created");
        await CheckAsync(stranger, "POST auth/sign-out", null, 204, freshId, "session.ended");
        await CheckAsync(stranger, "POST auth/magic-link", new { email = fresh }, 202, null, "magicLink.requested");
        await CheckAsync(
            stranger,
            "POST auth/magic-link/verify",
            new { token = (await App.NewestMailAsync(fresh, Subjects.MagicLink)).Token },
            200,
            freshId,
            "magicLink.redeemed",
            "session.created"
        );

        await CheckAsync(p.Browser, "PATCH users/me", new { name = "Ada" }, 200, p.Id, "user.updated");
        await CheckAsync(p.Browser, "POST auth/password/change", new { newPassword = Person.Password }, 204, p.Id, "password.changed");
        await CheckAsync(p.Browser, "POST auth/reauthenticate", new { password = Person.Password }, 204, p.Id, "session.reauthenticated");
        await CheckAsync(stranger, "POST auth/password/forgot", new { email = p.Email }, 202, freshId, "password.resetRequested");
        var reset = (await App.NewestMailAsync(p.Email, Subjects.PasswordReset)).Token;
        await CheckAsync(
            App.NewBrowser(),
            "POST auth/password/reset",
            new { token = reset, newPassword = Person.NewPassword },
            204,
            p.Id,
            "password.reset"
        );

        await p.Browser.SignInWithMailAsync(App, p.Email);
        await TwoFactorAsync(p);
        await EmailAsync(p);

        await p.Browser.SignInWithMailAsync(App, p.Email);
        var session = (string)(await (await p.AtNewBrowserAsync()).GetAsync("/auth/session")).Data["session"]!["id"]!;
        await CheckAsync(p.Browser, "DELETE sessions/{id}", session, 204, p.Id, "session.revoked");
        await CheckAsync(p.Browser, "DELETE sessions", null, 204, p.Id, "sessions.revoked");
        await CheckAsync(p.Browser, "DELETE users/me", null, 204, p.Id, "user.deleted");
    }

    [Test]
    [Order(2)]
    public void Account_LogsChanges_AtEveryEndpoint()
    {
        string[] ours = ["auth/", "users/me", "sessions", "passkeys"];
        var mutating = App
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)
            .SelectMany(e =>
                e.Metadata.GetRequiredMetadata<HttpMethodMetadata>()
                    .HttpMethods.Select(m => (Method: m, Path: e.RoutePattern.RawText!["api/v1/".Length..]))
            )
            .Where(e =>
                e.Method != "GET"
                && ours.Any(o => e.Path.StartsWith(o, StringComparison.Ordinal))
                && !e.Path.StartsWith("auth/impersonation", StringComparison.Ordinal)
            )
            .Select(e => $"{e.Method} {e.Path}");

        Assert.That(mutating.Except(called).Except(TestedElsewhere), Is.Empty);
    }

    private async Task TwoFactorAsync(Person p)
    {
        var setup = await CheckAsync(p.Browser, "POST auth/two-factor/setup", null, 200, p.Id, "twoFactor.prepared");
        var totp = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes((string)setup.Data["secret"]!));
        await CheckAsync(
            p.Browser,
            "POST auth/two-factor/confirm",
            new { code = totp.ComputeTotp(App.Now) },
            200,
            p.Id,
            "twoFactor.enabled"
        );
        string Later() => totp.ComputeTotp(App.Now.AddSeconds(30));
        var codes = (
            await CheckAsync(
                p.Browser,
                "POST auth/two-factor/recovery-codes",
                new { code = Later() },
                200,
                p.Id,
                "twoFactor.recoveryCodesReplaced"
            )
        ).Data["codes"]!;
        var half = App.NewBrowser();
        (await half.PostAsync("/auth/magic-link/verify", new { token = await half.AskForLinkAsync(App, p.Email) })).ShouldSucceed();
        await CheckAsync(half, "POST auth/two-factor/verify", new { recoveryCode = "wrong" }, 401, null, "twoFactor.failed");
        await CheckAsync(
            half,
            "POST auth/two-factor/verify",
            new { recoveryCode = (string)codes[0]! },
            200,
            p.Id,
            "twoFactor.recoveryCodeUsed",
            "session.created"
        );
        await CheckAsync(p.Browser, "DELETE auth/two-factor", new { recoveryCode = (string)codes[1]! }, 204, p.Id, "twoFactor.disabled");
    }

    private async Task EmailAsync(Person p)
    {
        var newEmail = TestApp.NewEmail("new");
        await CheckAsync(p.Browser, "POST auth/email/change", new { newEmail }, 202, p.Id, "email.changeRequested");
        var confirm = (await App.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token;
        await CheckAsync(App.NewBrowser(), "POST auth/email/change/confirm", new { token = confirm }, 204, p.Id, "email.changed");
        var undo = (await App.NewestMailAsync(p.Email, Subjects.EmailChanged)).Token;
        await CheckAsync(App.NewBrowser(), "POST auth/email/change/undo", new { token = undo }, 204, p.Id, "email.changeUndone");
    }

    /// <param name="operation">The method and route. A string body replaces the <c>id</c> in the route.</param>
    private async Task<Answer> CheckAsync(
        Browser browser,
        string operation,
        object? body,
        int status,
        string? actorId,
        params string[] actions
    )
    {
        var requestId = $"audit-{Guid.NewGuid():N}";
        var parts = operation.Split(' ');
        var path = body is string id ? parts[1].Replace("{id}", id, StringComparison.Ordinal) : parts[1];
        var answer = await browser.SendAsync(
            new HttpMethod(parts[0]),
            $"/{path}",
            body is string ? null : body,
            ("X-Request-Id", requestId)
        );
        Assert.That(answer.Status, Is.EqualTo(status), $"{operation}: {answer.Text}");

        var entries = await App.ReadAsync(db => db.AuditEntries.AsNoTracking().Where(e => e.RequestId == requestId).ToListAsync());
        Assert.That(entries.Select(e => e.Action), Is.SupersetOf(actions), operation);
        Assert.Multiple(() => entries.Where(e => actions.Contains(e.Action)).ToList().ForEach(e => AssertWhole(e, actorId, operation)));
        called.Add(operation);
        return answer;
    }

    private void AssertWhole(AuditEntry entry, string? actorId, string operation)
    {
        Assert.That(entry.ActorId, Is.EqualTo(actorId), operation);
        Assert.That(entry.IpAddress, Is.EqualTo("127.0.0.1").Or.EqualTo("::1"), operation);
        Assert.That(entry.UserAgent, Is.EqualTo(Agent), operation);
        Assert.That(entry.CreatedAtUtc, Is.EqualTo(App.Now).Within(TimeSpan.FromSeconds(1)), operation);
    }
}
