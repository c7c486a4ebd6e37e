using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Faults;

/// <summary>The SQL Server round trips of an operation, counted on the wire: at a millisecond each, they determine its duration.</summary>
[Category(Databases.OnServer)]
public sealed partial class RoundTripTests
{
    private ProxiedDatabase line = null!;

    [OneTimeSetUp]
    public void Start() => line = ProxiedDatabase.Start();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (line is not null)
        {
            await line.DisposeAsync();
        }
    }

    [Test]
    public async Task Pages_TakeOneRoundTrip_ForSessionAndAccount()
    {
        using var admin = await line.App.NewAdminAsync();
        await ShouldTakeAsync(1, () => admin.GetAsync("/auth/session"));
        await ShouldTakeAsync(1, () => admin.GetAsync("/users/me"));
        await ShouldTakeAsync(2, () => admin.GetAsync("/admin/users?limit=20"));
    }

    [Test]
    public async Task OwnAccountChange_TakesFewRoundTrips()
    {
        using var user = await line.App.NewUserAsync();
        await ShouldTakeAsync(9, () => user.PatchAsync("/users/me", new { name = $"Name {Guid.NewGuid():N}" }));
    }

    [Test]
    public async Task SignInByLink_TakesFewRoundTrips()
    {
        var email = TestApp.NewEmail();
        using var seen = await line.App.SignInAsync(email);
        using var browser = line.App.NewBrowser();
        await ShouldTakeAsync(8, () => browser.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() }));
        var token = await browser.RequestLinkAsync(email);
        await ShouldTakeAsync(13, () => browser.PostAsync("/auth/magic-link/verify", new { token }));
        using var newcomer = line.App.NewBrowser();
        token = await newcomer.RequestLinkAsync(TestApp.NewEmail());
        await ShouldTakeAsync(13, () => newcomer.PostAsync("/auth/magic-link/verify", new { token }));
    }

    [Test]
    public async Task SignInByPassword_TakesFewRoundTrips()
    {
        const string password = "purple stapler fountain";
        var email = TestApp.NewEmail();
        using var user = await line.App.SignInAsync(email);
        (await user.PostAsync("/auth/password/change", new { newPassword = password })).ShouldSucceed(204);
        using var browser = line.App.NewBrowser();
        await ShouldTakeAsync(13, () => browser.PostAsync("/auth/sign-in", new { email, password }));
        using var stranger = line.App.NewBrowser();
        await ShouldTakeAsync(8, () => stranger.PostAsync("/auth/sign-in", new { email, password = "yellow stapler fountain" }));
    }

    [Test]
    public async Task Administration()
    {
        using var admin = await line.App.NewAdminAsync();
        using var user = await line.App.NewUserAsync();
        await ShouldTakeAsync(10, () => admin.PutAsync($"/admin/users/{user.UserId}/roles", new { roles = new[] { "admin", "user" } }));
        using var other = await line.App.NewUserAsync();
        await ShouldTakeAsync(12, () => admin.PostAsync($"/admin/users/{other.UserId}/ban", new { reason = "test" }));
    }

    // Runs first, while only one user waits to be indexed.
    [Test]
    [Order(1)]
    public async Task IdleInstance_QueriesEveryFiveSeconds()
    {
        using var user = await line.App.NewUserAsync();
        await WaitForAMinuteAsync();
        Assert.That(
            () => line.App.InspectAsync(db => db.Set<SearchChange>().AnyAsync()),
            Is.False.After(20_000, 200),
            "The user is not indexed"
        );
        await line.WaitUntilIdleAsync();
        await WaitForAMinuteAsync();

        var requests = line.Watch.Take();
        Assert.That(requests, Has.Count.LessThanOrEqualTo(12), string.Join('\n', requests));
    }

    private async Task WaitForAMinuteAsync()
    {
        for (var second = 0; second < 60; second++)
        {
            line.App.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }
    }

    private async Task ShouldTakeAsync(int limit, Func<Task<Answer>> request)
    {
        await line.WaitUntilIdleAsync();
        var answer = await request();
        var trips = line.Watch.TakeOfRequest(text => OfWorkers().IsMatch(text));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.LessThan(500), answer.Text);
            Assert.That(trips, Has.Count.LessThanOrEqualTo(limit), string.Join('\n', trips));
        });
        TestContext.Out.WriteLine($"{answer.Status} {trips.Count} of {limit}\n{string.Join('\n', trips)}");
    }

    // Background work belongs to no request: messages are claimed and sent, and users are indexed.
    [GeneratedRegex("SET \\[?\"?Status|FROM \\[(SearchNotes|OutboxMails|WebhookEndpoints)\\]|WHERE \\[\\w\\]\\.\\[Status\\]")]
    private static partial Regex OfWorkers();
}
