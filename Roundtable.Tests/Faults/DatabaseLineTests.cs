using System.Diagnostics;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Faults;

/// <summary>The line to SQL Server is cut, refused or slow. Needs a SQL Server; SQLite has no line.</summary>
public sealed class DatabaseLineTests
{
    private const int Writes = 30;

    [TestCase("dropped")]
    [TestCase("refused")]
    [TestCase("slow")]
    public async Task Everything_GoesOn_WhenTheLineIs(string trouble)
    {
        var report = new FaultReport($"sql server line {trouble}");
        var (app, proxy) = Start();
        using var closed = proxy;
        await using var stopped = app;
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
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "It does not recover by itself");
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
    public async Task Unit_FailsAsUnavailable_WhenTheLineIsCutWithinIt()
    {
        var (app, proxy) = Start();
        using var closed = proxy;
        await using var stopped = app;
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        var failure = Assert.CatchAsync(() => scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result>(
            async ct =>
            {
                proxy.Drop();
                await db.Roles.AnyAsync(ct);
                return Result.Success;
            },
            CancellationToken.None));
        Assert.That(scope.ServiceProvider.GetRequiredService<IDatabaseErrors>().IsUnavailable(failure), Is.True, failure?.ToString());
    }

    [Test]
    public async Task Requests_AreUnavailable_WhenThePoolIsUsedUp()
    {
        var (app, proxy) = Start(c => c.MaxPoolSize = 3);
        using var closed = proxy;
        await using var stopped = app;
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

    /// <summary>An application on SQL Server by way of a proxy.</summary>
    private static (TestApp App, TcpProxy Proxy) Start(Action<SqlConnectionStringBuilder>? configure = null)
    {
        if (Databases.Default != DatabaseProvider.SqlServer)
        {
            Assert.Ignore(Databases.Missing ?? "There is no SQL Server.");
        }

        var settings = Databases.SettingsOf(DatabaseProvider.SqlServer).ToDictionary();
        var direct = new SqlConnectionStringBuilder(settings["ConnectionStrings:Roundtable"]);
        var parts = direct.DataSource.Replace("tcp:", "", StringComparison.Ordinal).Split(',');
        var proxy = new TcpProxy(parts[0], parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 1433);
        var through = new SqlConnectionStringBuilder(direct.ConnectionString) { DataSource = $"tcp:127.0.0.1,{proxy.Port}" };
        configure?.Invoke(through);
        settings["ConnectionStrings:Roundtable"] = through.ConnectionString;
        return (TestApp.Start([.. settings.Select(s => (s.Key, (string?)s.Value))]), proxy);
    }

    private static Task WriteAsync(Browser user, FaultReport report) => Task.WhenAll(Enumerable.Range(0, Writes).Select(async _ =>
    {
        var email = TestApp.NewEmail("line");
        report.Note(await user.PostAsync("/auth/magic-link", new { email }), email);
    }));
}
