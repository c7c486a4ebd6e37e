using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Faults;

/// <summary>The connection to SQL Server is cut, refused or slow. Needs SQL Server; SQLite has no connection to cut.</summary>
internal sealed class DatabaseConnectionTests
{
    private const int Writes = 30;

    [TestCase("dropped")]
    [TestCase("refused")]
    [TestCase("slow")]
    public async Task Service_Recovers_WhenTheConnectionIs(string trouble)
    {
        var report = new FaultReport($"sql server line {trouble}");
        await using var line = ProxiedDatabase.Start();
        var (app, proxy) = (line.App, line.Proxy);
        using var user = await app.NewUserAsync();
        await WriteAsync(user, report);

        proxy.Delay = TimeSpan.FromMilliseconds(trouble == "slow" ? 50 : 0);
        proxy.Refuses = trouble == "refused";
        var writing = WriteAsync(user, report);
        if (trouble != "slow")
        {
            proxy.Drop();
        }

        report.Inject();
        await writing;
        (proxy.Refuses, proxy.Delay) = (false, TimeSpan.Zero);
        for (var waited = Stopwatch.StartNew(); (await user.GetAsync("/users/me")).Status != 200; await Task.Delay(100))
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "No automatic recovery");
        }

        await WriteAsync(user, report);
        for (var i = 0; await app.InspectAsync(db => db.OutboxMails.AnyAsync(m => m.Status != OutboxStatus.Sent)); i++)
        {
            Assert.That(i, Is.LessThan(600), "The outbox was not emptied");
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50);
        }

        var mails = app.Mail.All().CountBy(m => m.To).ToDictionary();
        report.Conclude(address => mails.GetValueOrDefault(address));
    }

    [Test]
    public async Task UnitOfWork_ReturnsUnavailable_WhenTheConnectionIsCut()
    {
        await using var line = ProxiedDatabase.Start();
        var (app, proxy) = (line.App, line.Proxy);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        var failure = Assert.CatchAsync(() =>
            scope
                .ServiceProvider.GetRequiredService<IUnitOfWork>()
                .ExecuteAsync<Result>(
                    async ct =>
                    {
                        proxy.Drop();
                        await db.Roles.AnyAsync(ct);
                        return Result.Success;
                    },
                    CancellationToken.None
                )
        );
        Assert.That(scope.ServiceProvider.GetRequiredService<IDatabaseErrors>().IsUnavailable(failure), Is.True, failure?.ToString());
    }

    [TestCase(Cut.Before)]
    [TestCase(Cut.After)]
    public async Task Request_IsAppliedOnce_WhenTheResponseToCommitIsLost(Cut cut)
    {
        await using var line = ProxiedDatabase.Start();
        var armed = 0;
        line.Watch.CutAt = text => text == "COMMIT" && Interlocked.Exchange(ref armed, 0) == 1 ? cut : Cut.None;
        var email = TestApp.NewEmail();
        using var user = await line.App.SignInAsync(email);
        await line.WaitUntilIdleAsync();

        using var browser = line.App.NewBrowser();
        armed = 1;
        var token = await browser.RequestLinkAsync(email);
        await line.WaitUntilIdleAsync();
        Assert.That(line.App.Mail.To(email, "magic-link"), Has.Count.EqualTo(2), "one from before and one from now");

        armed = 1;
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
        Assert.That(armed, Is.Zero);
        Assert.That((await browser.GetAsync("/sessions")).ShouldSucceed().Items, Has.Count.EqualTo(2));
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldFail(400, "invalid_token");
    }

    [Test]
    public async Task Request_EndsInTime_WhenEachOfItsStatementsIsSlow()
    {
        await using var line = ProxiedDatabase.Start(c => c.CommandTimeout = 5);
        using var user = await line.App.NewUserAsync();
        (await user.PatchAsync("/users/me", new { name = "Before" })).ShouldSucceed();
        line.Proxy.Delay = TimeSpan.FromSeconds(1);
        var waiting = Stopwatch.StartNew();
        var answer = await user.PatchAsync("/users/me", new { name = "Slow" });
        line.Proxy.Delay = TimeSpan.Zero;
        Assert.That(waiting.Elapsed, Is.LessThan(TimeSpan.FromSeconds(14)), "Nine statements at two seconds each");
        answer.ShouldFail(503, "unavailable");
        Assert.That((string?)(await user.GetAsync("/users/me")).ShouldSucceed().Data["name"], Is.EqualTo("Before"));
    }

    [Test]
    public async Task Requests_AreAnswered_WhenStatementsHaveNoTimeout()
    {
        await using var line = ProxiedDatabase.Start(c => c.CommandTimeout = 0);
        using var user = await line.App.NewUserAsync();
        (await user.PatchAsync("/users/me", new { name = "Patient" })).ShouldSucceed();
    }

    [Test]
    public async Task UnitOfWorkOnALoadedUser_ReturnsUnavailable_WhenTheCommitIsLost()
    {
        await using var line = ProxiedDatabase.Start();
        using var user = await line.App.NewUserAsync();
        await line.WaitUntilIdleAsync();
        line.Watch.CutAt = text => text == "COMMIT" ? Cut.Before : Cut.None;
        await using var scope = line.App.Services.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var loaded = await manager.FindByIdAsync(user.UserId);
        var failure = Assert.CatchAsync(() => manager.AddClaimAsync(loaded!, new Claim("team", "blue")));
        line.Watch.CutAt = _ => Cut.None;
        Assert.That(scope.ServiceProvider.GetRequiredService<IDatabaseErrors>().IsUnavailable(failure), Is.True, failure?.ToString());
    }

    [Test]
    public async Task Requests_AreUnavailable_WhenThePoolIsExhausted()
    {
        await using var line = ProxiedDatabase.Start(c => c.MaxPoolSize = 3);
        var app = line.App;
        using var user = await app.NewUserAsync();
        using var scope = app.Services.CreateScope();
        var used = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>().Database.GetConnectionString();
        var connections = Enumerable.Range(0, 3).Select(_ => new SqlConnection(used)).ToList();
        await Task.WhenAll(connections.Select(c => c.OpenAsync()));
        var refused = await user.GetAsync("/users/me");
        connections.ForEach(c => c.Dispose());
        refused.ShouldFail(503, "unavailable");
        Assert.That(refused.Header("Retry-After"), Is.Not.Empty);
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    private static Task WriteAsync(Browser user, FaultReport report) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Writes)
                .Select(async _ =>
                {
                    var email = TestApp.NewEmail("line");
                    report.Record(await user.PostAsync("/auth/magic-link", new { email }), email);
                })
        );
}
