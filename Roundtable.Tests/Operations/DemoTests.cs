using Microsoft.Extensions.DependencyInjection;
using Roundtable.Infrastructure.Persistence.Operations;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>The command <c>demo</c> fills an empty database of a development environment with example data.</summary>
public sealed class DemoTests
{
    [Test]
    public async Task Demo_FillsAnEmptyDatabase_WithAConsistentHistory()
    {
        await using var app = TestApp.Start();
        Assert.That(await FillAsync(app), Is.EqualTo(300));
        using var admin = await app.NewAdminAsync();
        var listed = (await admin.GetAsync("/admin/users?includeTotal=true&sort=lastSeenAt&order=desc&limit=100")).ShouldSucceed();
        var from = app.Now.AddDays(-89).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var statistics = (await admin.GetAsync($"/admin/stats?from={from}")).ShouldSucceed();
        var chain = (await admin.GetAsync("/admin/audit-log/verify")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((int)listed.Data["pagination"]!["total"]!, Is.EqualTo(302));
            Assert.That((int)statistics.Data["totals"]!["signUps"]!, Is.GreaterThan(100));
            Assert.That((int)statistics.Data["totals"]!["bans"]!, Is.GreaterThan(5));
            Assert.That((bool)chain.Data["valid"]!, Is.True, chain.Text);
        });
        foreach (var path in (string[])["users?banned=true", "users?role=support", "audit-log?action=user.banned", "emails?status=failed"])
        {
            Assert.That((await admin.GetAsync($"/admin/{path}")).ShouldSucceed().Items, Is.Not.Empty, path);
        }

        Assert.That((await admin.GetAsync("/admin/service-accounts")).ShouldSucceed().Items, Has.Count.EqualTo(2));
        Assert.That((await admin.GetAsync("/admin/users?search=zoe")).ShouldSucceed().Items, Is.Not.Empty);
        Assert.That(await FillAsync(app), Is.Null, "it has users now");
    }

    [Test]
    public async Task Demo_IsRefused_OutsideDevelopment_AndWhereUsersAre()
    {
        using var folder = new TempFolder();
        (string, string)[] settings = [("ConnectionStrings:Roundtable", $"Data Source={folder.PathOf("demo.db")}")];
        var production = await ProgramRun.RunAsync(
            folder.Name,
            [.. settings, ("ASPNETCORE_ENVIRONMENT", "Production"), ("App:AllowDevelopmentDefaults", "true")],
            "demo"
        );
        Assert.That(production.ExitCode, Is.EqualTo(1), production.Errors);
        Assert.That(production.Errors, Does.Contain("development environment only"));

        var first = await ProgramRun.RunAsync(folder.Name, settings, "demo");
        Assert.That((first.ExitCode, first.Output), Is.EqualTo((0, first.Output)), first.Errors);
        Assert.That(first.Output, Does.Contain("300 users"));
        var second = await ProgramRun.RunAsync(folder.Name, settings, "demo");
        Assert.That(second.ExitCode, Is.EqualTo(1));
        Assert.That(second.Errors, Does.Contain("The database has users"));
    }

    private static async Task<int?> FillAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DemoData>().RunAsync(CancellationToken.None);
    }
}
