using System.Text.RegularExpressions;
using Roundtable.Application.Common;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Times are ISO 8601 in bodies, queries and files, and UTC if they have no offset.</summary>
public sealed partial class TimeTests
{
    private static readonly string[] Others =
    [
        "03/04/2094",
        "2094-3-4",
        "04.03.2094",
        "March 4, 2094",
        "2094-03-04 18:00:00",
        "2094-03-04T18",
        "2094-03-04T18:00:00 Z",
        "20940304T180000Z",
        "2094-W10-4",
        "4102444800",
        "2094-13-01",
        "2094-02-30",
        "2094-03-04T25:00:00Z",
        "2094-03-04T18:00:00+1",
        "2094-03-04T18:00:00+99:00",
        " 2094-03-04",
        "tomorrow",
        "Thu, 04 Mar 2094 18:00:00 GMT",
        "٢٠٩٤-٠٣-٠٤",
        "2094-03-04Z",
        "18:00",
    ];

    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [TestCase("2094-12-24", "2094-12-24T00:00:00Z")]
    [TestCase("2094-12-24T18:00", "2094-12-24T18:00:00Z")]
    [TestCase("2094-12-24T18:00:00", "2094-12-24T18:00:00Z")]
    [TestCase("2094-12-24T18:00:00Z", "2094-12-24T18:00:00Z")]
    [TestCase("2094-12-24T18:00:00.5Z", "2094-12-24T18:00:00.5Z")]
    [TestCase("2094-12-24T18:00:00.1234567+09:00", "2094-12-24T09:00:00.1234567Z")]
    [TestCase("2094-12-24T18:00:00-05:00", "2094-12-24T23:00:00Z")]
    public async Task Bodies_AcceptIso8601_AsUtc(string sent, string stored)
    {
        using var user = await App.NewUserAsync();
        var answer = (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam", expiresAt = sent })).ShouldSucceed();
        Assert.That((string?)answer.Data["banExpiresAt"], Is.EqualTo(stored));
    }

    [Test]
    public async Task OtherTimes_AreRefused_InBodiesQueriesAndFiles()
    {
        using var user = await App.NewUserAsync();
        foreach (var time in Others)
        {
            var answers = new List<(string Name, Answer Answer)>
            {
                ("expiresAt", await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam", expiresAt = time })),
                (
                    "expiresAt",
                    await admin.PostAsync(
                        "/admin/users/bulk",
                        new
                        {
                            action = "ban",
                            ids = new[] { user.UserId },
                            reason = "Spam",
                            expiresAt = time,
                        }
                    )
                ),
            };
            foreach (
                var (path, name) in ((string, string)[])
                    [
                        ("/admin/users", "createdFrom"),
                        ("/admin/users", "createdTo"),
                        ("/admin/users", "lastSeenFrom"),
                        ("/admin/users/export", "createdFrom"),
                        ("/admin/audit-log", "from"),
                        ("/admin/audit-log/export", "to"),
                        ("/admin/stats", "from"),
                    ]
            )
            {
                answers.Add((name, await admin.GetAsync($"{path}?{name}={Uri.EscapeDataString(time)}")));
            }

            foreach (var (name, answer) in answers)
            {
                Assert.That(
                    (string?)answer.ShouldFail(400, "validation_failed").Json["reasons"]![name]?[0]!["code"],
                    Is.EqualTo("not_a_time"),
                    $"{time} {answer.Text}"
                );
            }

            // Whitespace around cells is ignored.
            if (time.Trim() == time)
            {
                foreach (
                    var file in (string[])
                        [$"email,createdAt\nada@example.com,\"{time}\"", $"email,banExpiresAt\nada@example.com,\"{time}\""]
                )
                {
                    var row = (await admin.PostAsync("/admin/users/import?dryRun=true", Wire.Body(file, "text/csv"))).ShouldSucceed().Data[
                        "rows"
                    ]![0]!;
                    Assert.That((string?)row["reason"]?["code"], Is.EqualTo("not_a_time"), $"{time} {row}");
                }

                var line = (
                    await admin.PostAsync(
                        "/admin/users/import?dryRun=true",
                        Wire.Body($$"""{"email":"ada@example.com","createdAt":"{{time}}"}""", "application/x-ndjson")
                    )
                ).ShouldSucceed();
                Assert.That((string?)line.Data["rows"]![0]!["field"], Is.EqualTo("createdAt"), line.Text);
            }
        }
    }

    [Test]
    public async Task Files_AcceptTimesWithoutOffset_AsUtc()
    {
        var (one, two) = (TestApp.NewEmail("utc"), TestApp.NewEmail("utc"));
        (
            await admin.PostAsync(
                "/admin/users/import",
                Wire.Body($"email,createdAt\n{one},2024-04-03T10:00:00\n{two},2024-04-03\n", "text/csv")
            )
        ).ShouldSucceed();
        Assert.That(await CreatedAsync(one), Is.EqualTo("2024-04-03T10:00:00Z"));
        Assert.That(await CreatedAsync(two), Is.EqualTo("2024-04-03T00:00:00Z"));
    }

    // Code that parses a time must not depend on the server's time zone: only the one parser reads times, and it does not.
    [Test]
    public void Product_ParsesTimesWithTimeTextOnly()
    {
        string[] allowed = ["Iso8601.cs", "ProfileField.cs", "TimeText.cs", "MailValues.cs"];
        var sources = Repository
            .ProductFiles()
            .Where(f => !allowed.Contains(Path.GetFileName(f)))
            .Select(f => (File: f, Text: File.ReadAllText(f)))
            .ToList();
        Assert.That(sources.Where(s => Reading().IsMatch(s.Text)).Select(s => s.File), Is.Empty);
        Assert.That(sources.Where(s => Local().IsMatch(s.Text)).Select(s => s.File), Is.Empty);
    }

    [TestCase("0001-01-01T00:00:00+14:00")]
    [TestCase("9999-12-31T23:59:59-14:00")]
    [TestCase("0000-01-01")]
    [TestCase("")]
    [TestCase(null)]
    public void Parser_RefusesInvalidTimes(string? text) => Assert.That(Iso8601.TryParse(text, out _), Is.False);

    private async Task<string?> CreatedAsync(string email) =>
        (string?)(await admin.GetAsync($"/admin/users?search={email}")).Items.Single()["createdAt"];

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset|DateOnly)\.(Try)?Parse")]
    private static partial Regex Reading();

    [GeneratedRegex(@"AssumeLocal|TimeZoneInfo\.Local|DateTime\.Now\b|ToLocalTime")]
    private static partial Regex Local();
}
