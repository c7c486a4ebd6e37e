using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Roles;

/// <summary>
/// A request is authorized by what its session may do when it writes. Each endpoint that needs a session and writes is called, and its
/// caller loses the right while the body arrives or while the request waits to write.
/// </summary>
[Category("threat-32")]
public sealed class PermissionLossTests
{
    private static readonly string[] Losses = ["revoked", "banned", "deleted", "demoted", "aged"];

    private TestApp app = null!;
    private IReadOnlyList<WritingEndpoint> endpoints = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        // Removing the right may take long on a busy machine: slow bodies must not be aborted meanwhile.
        app = TestApp.Start(s => s.Configure<KestrelServerOptions>(k => k.Limits.MinRequestBodyDataRate = null));
        await app.RootAsync();
        endpoints = await WritingEndpoint.AllAsync(app);
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCaseSource(nameof(Losses))]
    public async Task Request_IsRefused_WhenItsCallerLosesThePermissionWhileTheBodyArrives(string loss)
    {
        using var caller = await CallerAsync();
        var affected = endpoints.Where(e => e.Body is not null && IsAffectedBy(e, loss)).ToList();
        var bodies = affected.Select(e => new HeldBody(e.Body!, e.MediaType)).ToList();
        using var http = new HttpClient(
            new SocketsHttpHandler
            {
                UseCookies = false,
                MaxConnectionsPerServer = 256,
                Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
            }
        )
        {
            BaseAddress = app.BaseAddress,
        };
        var answers = affected.Zip(bodies, (e, body) => SendAsync(http, caller, e, body)).ToList();
        await Task.WhenAll(bodies.Select(b => b.Wanted)).WaitAsync(TimeSpan.FromSeconds(30));

        await app.ArrangeAsync(db => RevokeAsync(db, caller.UserId, loss));
        bodies.ForEach(b => b.Release());
        await ShouldBeRefusedAsync(caller, loss, affected, answers);
    }

    [TestCaseSource(nameof(Losses))]
    public async Task Request_IsRefused_WhenItsCallerLosesThePermissionWhileItWaitsToWrite(string loss)
    {
        // The transaction that removes the right runs first, and the other requests join that very transaction.
        _ = app.DatabaseFile;
        using var caller = await CallerAsync();
        var affected = endpoints.Where(e => IsAffectedBy(e, loss)).ToList();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 256 })
        {
            BaseAddress = app.BaseAddress,
        };
        List<Task<Answer>> answers = [];
        await InTransactionAsync(async db =>
        {
            answers = [.. affected.Select(e => SendAsync(http, caller, e, e.Content()))];
            await Task.Delay(TimeSpan.FromSeconds(3));
            await RevokeAsync(db, caller.UserId, loss);
        });
        await ShouldBeRefusedAsync(caller, loss, affected, answers);
    }

    [TestCase("revoked", 401)]
    [TestCase("disabled", 401)]
    [TestCase("deleted", 401)]
    [TestCase("demoted", 403)]
    [TestCase("narrowed", 403)]
    [Category("threat-58")]
    public async Task Request_IsRefused_WhenItsKeyLosesTheRightWhileItWaitsToWrite(string loss, int expected)
    {
        _ = app.DatabaseFile;
        var admin = await app.RootAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], [.. Permissions.All]);
        // The example of a new user has a password, which no key may set.
        var affected = endpoints
            .Where(e => EndpointCredentialTests.AllowsService(e.Method, e.Template) && e.ToString() != "POST api/v1/admin/users")
            .ToList();
        List<Task<Answer>> answers = [];
        await InTransactionAsync(async db =>
        {
            answers = [.. affected.Select(e => app.SendAsync(sync.Secret, new HttpMethod(e.Method), e.PathOf(null), e.Content()))];
            await Task.Delay(TimeSpan.FromSeconds(3));
            await RevokeAsync(db, sync, loss);
        });
        Assert.That(affected, Has.Count.GreaterThan(10));
        var wrong = affected
            .Zip(await Task.WhenAll(answers))
            .Where(a => a.Second.Status != expected)
            .Select(a => $"{a.First} {loss}: {a.Second.Status} {a.Second.Text}");
        Assert.That(wrong, Is.Empty);
        Assert.That(await app.InspectAsync(db => db.AuditEntries.CountAsync(e => e.ActorId == sync.AccountId)), Is.Zero);
    }

    [Test]
    [Category("threat-58")]
    public async Task Import_StopsAtTheNextBatch_WhenItsServiceAccountIsDisabled()
    {
        var admin = await app.RootAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], Permissions.UsersImport);
        var rows = string.Join('\n', Enumerable.Range(0, 600).Select(i => $"batch-{i}-{sync.AccountId}@example.com"));
        var before = await CountUsersAsync();
        var answer = await InterruptAsync(
            () =>
                app.SendAsync(
                    sync.Secret,
                    HttpMethod.Post,
                    "/admin/users/import",
                    new StringContent($"email\n{rows}\n", Encoding.UTF8, "text/csv")
                ),
            db => RevokeAsync(db, sync, "disabled")
        );
        answer.ShouldFail(401, "unauthenticated");
        Assert.That(answer.Header("WWW-Authenticate"), Is.EqualTo("Bearer error=\"invalid_token\""));
        Assert.That(await CountUsersAsync() - before, Is.EqualTo(200), "the first batch");
    }

    [Test]
    public async Task Import_StopsAtTheNextBatch_WhenItsCallerIsDemoted()
    {
        using var clerk = await CallerAsync();
        var rows = string.Join('\n', Enumerable.Range(0, 600).Select(i => $"batch-{i}-{clerk.UserId}@example.com"));
        var before = await CountUsersAsync();
        var answer = await InterruptAsync(clerk, () =>
            clerk.SendAsync(HttpMethod.Post, "/admin/users/import", new StringContent($"email\n{rows}\n", Encoding.UTF8, "text/csv"))
        );
        answer.ShouldFail(403, "forbidden");
        Assert.That(await CountUsersAsync() - before, Is.EqualTo(200), "the first batch");
    }

    [Test]
    public async Task Bulk_StopsAtTheNextItem_WhenItsCallerIsDemoted()
    {
        using var admin = await CallerAsync();
        using var first = await app.NewUserAsync();
        using var second = await app.NewUserAsync();
        var order = new
        {
            action = "ban",
            ids = new[] { first.UserId, second.UserId },
            reason = "Spam",
        };
        var answer = await InterruptAsync(admin, () => admin.PostAsync("/admin/users/bulk", order));
        answer.ShouldFail(403, "forbidden");
        (await first.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await second.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task RoleGrant_IsRefused_WhenTheAdminIsDemotedAndBannedWhileTheBodyArrives()
    {
        using var admin = await CallerAsync();
        using var accomplice = await app.NewUserAsync();
        var body = new HeldBody("""{"roles":["admin"]}"""u8.ToArray(), "application/json");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
        {
            BaseAddress = app.BaseAddress,
        };
        var endpoint = endpoints.Single(e => e.ToString() == "PUT api/v1/admin/users/{id}/roles");
        var sending = SendAsync(http, admin, endpoint, body, accomplice.UserId);
        await body.Wanted.WaitAsync(TimeSpan.FromSeconds(30));
        var root = await app.RootAsync();
        (await root.PutAsync($"/admin/users/{admin.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldSucceed();
        (await root.PostAsync($"/admin/users/{admin.UserId}/ban", new { reason = "Rogue" })).ShouldSucceed();
        body.Release();
        (await sending).ShouldFail(401, "unauthenticated");
        Assert.That(
            (await accomplice.GetAsync("/users/me")).ShouldSucceed().Data["roles"]!.AsArray().Select(r => (string?)r),
            Is.EqualTo(new[] { "user" })
        );
    }

    /// <summary>Starts the request's first transaction, demotes its caller, and lets the request continue.</summary>
    private Task<Answer> InterruptAsync(Browser caller, Func<Task<Answer>> send) =>
        InterruptAsync(send, db => RevokeAsync(db, caller.UserId, "demoted"));

    private async Task<Answer> InterruptAsync(Func<Task<Answer>> send, Func<RoundtableDbContext, Task> revoke)
    {
        _ = app.DatabaseFile;
        Task<Answer>? sending = null;
        Task? demoting = null;
        await InTransactionAsync(async _ =>
        {
            sending = send();
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            demoting = Task.Run(() => InTransactionAsync(revoke));
            await Task.Delay(TimeSpan.FromSeconds(0.3));
        });
        await demoting!;
        return await sending!;
    }

    private async Task InTransactionAsync(Func<RoundtableDbContext, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result>(
                async _ =>
                {
                    await work(db);
                    return Result.Success;
                },
                CancellationToken.None
            );
    }

    private static bool IsAffectedBy(WritingEndpoint endpoint, string loss) =>
        loss switch
        {
            "demoted" => endpoint.NeedsPermission,
            "aged" => endpoint.NeedsFreshness,
            _ => true,
        };

    private Task<int> CountUsersAsync() => app.InspectAsync(db => db.Users.CountAsync());

    // An admin whose state every endpoint can change: a two-factor setup is pending, without which confirming it would write nothing.
    private async Task<Browser> CallerAsync()
    {
        var caller = await app.NewAdminAsync();
        (await caller.PostAsync("/auth/two-factor/setup")).ShouldSucceed();
        return caller;
    }

    private async Task ShouldBeRefusedAsync(Browser caller, string loss, List<WritingEndpoint> affected, List<Task<Answer>> answers)
    {
        var expected = loss is "demoted" or "aged" ? 403 : 401;
        List<string> wrong = [];
        foreach (var (endpoint, answer) in affected.Zip(await Task.WhenAll(answers)))
        {
            if (
                answer.Status != expected
                || !answer.Header("Content-Type").StartsWith("application/problem+json", StringComparison.Ordinal)
            )
            {
                wrong.Add($"{endpoint} {loss}: {answer.Status} {answer.Text}");
            }
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(affected, Has.Count.GreaterThan(5));
        var written = await app.InspectAsync(db =>
            db.AuditEntries.Where(e => e.ActorId == caller.UserId).Select(e => e.Action).ToListAsync()
        );
        Assert.That(
            written.Distinct(),
            Is.SubsetOf(new[] { "magicLink.redeemed", "session.created", "email.verified", "user.created", "twoFactor.prepared" }),
            "earlier changes by the caller"
        );
    }

    private static async Task RevokeAsync(RoundtableDbContext db, string userId, string loss)
    {
        var now = DateTime.UtcNow;
        var (sessions, users) = (db.Sessions.Where(s => s.UserId == userId), db.Users.Where(u => u.Id == userId));
        _ = loss switch
        {
            "revoked" => await sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAtUtc, now)),
            "banned" => await users.ExecuteUpdateAsync(s => s.SetProperty(x => x.BannedUntilUtc, now.AddDays(9))),
            "deleted" => await users.ExecuteDeleteAsync(),
            "demoted" => await db.UserRoles.Where(r => r.UserId == userId && r.RoleName == Role.AdminName).ExecuteDeleteAsync(),
            _ => await sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.AuthenticatedAtUtc, now.AddDays(-2))),
        };
    }

    private static async Task RevokeAsync(RoundtableDbContext db, ServiceKey sync, string loss)
    {
        var (keys, accounts) = (db.ApiKeys.Where(k => k.Id == sync.Key.Id), db.ServiceAccounts.Where(a => a.Id == sync.AccountId));
        _ = loss switch
        {
            "revoked" => await keys.ExecuteUpdateAsync(s => s.SetProperty(k => k.RevokedAtUtc, DateTime.UtcNow)),
            "disabled" => await accounts.ExecuteUpdateAsync(s => s.SetProperty(a => a.Disabled, true)),
            "deleted" => await accounts.ExecuteDeleteAsync(),
            "demoted" => await db.ServiceAccountRoles.Where(r => r.ServiceAccountId == sync.AccountId).ExecuteDeleteAsync(),
            _ => await keys.ExecuteUpdateAsync(s => s.SetProperty(k => k.ScopeList, "me:read")),
        };
    }

    private static async Task<Answer> SendAsync(
        HttpClient http,
        Browser caller,
        WritingEndpoint endpoint,
        HttpContent? content,
        string? id = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), endpoint.PathOf(id)) { Content = content };
        request.Headers.ExpectContinue = content is HeldBody;
        request.Headers.Add("Cookie", $"roundtable.session={caller.SessionCookie}");
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>A body that is sent once the server has accepted the request and asked for it, and the test releases it.</summary>
    private sealed class HeldBody : HttpContent
    {
        private readonly byte[] bytes;
        private readonly TaskCompletionSource wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldBody(byte[] body, string mediaType)
        {
            bytes = body;
            Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        }

        public Task Wanted => wanted.Task;

        public void Release() => released.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            wanted.SetResult();
            await released.Task;
            await stream.WriteAsync(bytes);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
