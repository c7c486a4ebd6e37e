using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>Daily statistics: each day of the period, and its total.</summary>
public sealed class StatisticsTests
{
    [Test]
    public async Task Statistics_CountEvents_ByDay()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        var first = DateOnly.FromDateTime(app.Now);
        var email = TestApp.NewEmail("ada");
        using var ada = await app.SignInAsync(email);
        (await ada.PostAsync("/auth/password/change", new { newPassword = "correct horse battery" })).ShouldSucceed(204);
        using var bob = await app.NewUserAsync();
        (await root.PostAsync($"/admin/users/{bob.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await ada.PostAsync("/auth/sign-in", new { email, password = "correct horse battery" })).ShouldSucceed();
        (await root.GetAsync("/users/me")).ShouldSucceed();

        var stats = (await root.GetAsync($"/admin/stats?from={first.AddDays(-1):O}&to={first.AddDays(1):O}")).ShouldSucceed().Data;
        var days = stats["days"]!.AsArray().Select(d => d!).ToList();
        Assert.Multiple(() =>
        {
            Assert.That((string?)stats["from"], Is.EqualTo($"{first.AddDays(-1):O}"));
            Assert.That((string?)stats["to"], Is.EqualTo($"{first.AddDays(1):O}"));
            Assert.That(days.Select(d => (string?)d["date"]), Is.EqualTo(Enumerable.Range(-1, 3).Select(n => $"{first.AddDays(n):O}")));
            Assert.That(
                days[0].AsObject().Select(m => m.Key),
                Is.SupersetOf(new[] { "date", "signUps", "signIns", "activeUsers", "activeSessions", "bans", "emailsSent", "emailsFailed" })
            );
            Assert.That(Of(days[0], "signUps"), Is.Zero);
            Assert.That(Of(days[1], "signUps"), Is.EqualTo(3));
            Assert.That(Of(days[1], "bans"), Is.EqualTo(1));
            Assert.That(Of(days[1], "activeUsers"), Is.EqualTo(3));
            Assert.That(Of(days[1], "activeSessions"), Is.EqualTo(3));
            Assert.That(days[1]["signIns"]!.ToJsonString(), Is.EqualTo("{\"magicLink\":3,\"password\":0,\"passkey\":0,\"external\":0}"));
            Assert.That(Of(days[1], "emailsSent"), Is.GreaterThanOrEqualTo(3));
            Assert.That(days[2]["signIns"]!.ToJsonString(), Is.EqualTo("{\"magicLink\":0,\"password\":1,\"passkey\":0,\"external\":0}"));
            Assert.That(Of(days[2], "activeUsers"), Is.EqualTo(2));
            Assert.That(Of(stats["totals"]!, "signUps"), Is.EqualTo(3));
            Assert.That(
                stats["totals"]!["signIns"]!.ToJsonString(),
                Is.EqualTo("{\"magicLink\":3,\"password\":1,\"passkey\":0,\"external\":0}")
            );
        });
        Assert.That((await root.GetAsync("/admin/stats")).ShouldSucceed().Data["days"]!.AsArray(), Has.Count.EqualTo(30));
        foreach (var query in new[] { "from=2026-01-02&to=2026-01-01", "from=2020-01-01&to=2026-01-01", "from=yesterday" })
        {
            (await root.GetAsync($"/admin/stats?{query}")).ShouldFail(400, "validation_failed");
        }
    }

    [Test]
    public async Task Statistics_CompareWithThePeriodBefore_AndCountFailuresAndWhatExists()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        using var ada = await app.NewUserAsync();
        await FailAsync(app, 2);
        app.Clock.Advance(TimeSpan.FromDays(1));
        using var bob = await app.NewUserAsync();
        await FailAsync(app, 3);
        (await root.GetAsync("/users/me")).ShouldSucceed();

        var today = $"{DateOnly.FromDateTime(app.Now):O}";
        var stats = (await root.GetAsync($"/admin/stats?from={today}&to={today}")).ShouldSucceed().Data;
        var (totals, previous, now) = (stats["totals"]!, stats["previous"]!, stats["now"]!);
        Assert.Multiple(() =>
        {
            Assert.That(Of(previous, "signUps"), Is.EqualTo(2), "the first admin and Ada");
            Assert.That(Of(totals, "signUps"), Is.EqualTo(1));
            Assert.That(Of(previous["signIns"]!, "magicLink"), Is.EqualTo(2));
            Assert.That(Of(previous, "failedSignIns"), Is.EqualTo(2));
            Assert.That(Of(totals, "failedSignIns"), Is.EqualTo(3));
            Assert.That(Of(now, "users"), Is.EqualTo(3));
            Assert.That(Of(now, "sessions"), Is.EqualTo(3));
        });

        var first = (await root.GetAsync("/admin/stats?from=0001-01-01&to=0001-01-02")).ShouldSucceed().Data;
        Assert.That(Of(first["previous"]!, "signUps"), Is.Zero, "no day is before the first");
        var last = (await root.GetAsync("/admin/stats?from=9999-12-30&to=9999-12-31")).ShouldSucceed().Data;
        Assert.That(Of(last["totals"]!, "failedSignIns"), Is.Zero);
    }

    private static async Task FailAsync(TestApp app, int times)
    {
        using var stranger = app.NewBrowser();
        for (var i = 0; i < times; i++)
        {
            (await stranger.PostAsync("/auth/sign-in", new { email = TestApp.NewEmail(), password = "not the password" })).ShouldFail(
                401,
                "invalid_credentials"
            );
        }
    }

    private static int? Of(JsonNode figures, string name) => (int?)figures[name];
}
