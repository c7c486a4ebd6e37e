using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Transfer;

/// <summary>An import reads every column of an export back unchanged, whatever its content.</summary>
public sealed class RoundTripTests
{
    private static readonly (string Key, string? Value)[] Fields =
    [
        ("Profile:Fields:company:MaxLength", "50"),
        ("Profile:Fields:birthday:Type", "Date"),
        ("Profile:Fields:size:Type", "Number"),
        ("Profile:Fields:member:Type", "Boolean"),
    ];

    private static readonly string[] Names =
    [
        "=1+1",
        "+49 30",
        "-1",
        "@ada",
        "'quoted",
        "'=1",
        "''+x",
        "a, \"b\"; c",
        "Zo\u00eb \U0001F40E",
        "'",
        "''",
    ];

    [Test]
    public async Task ExportedFiles_RoundTrip([Values("csv", "ndjson")] string format)
    {
        await using var app = TestApp.Start(Fields);
        await using var other = TestApp.Start(Fields);
        var (from, to) = (await app.RootAsync(), await other.RootAsync());
        foreach (var (index, name) in Names.Index())
        {
            var id = (await from.PostAsync("/admin/users", new { email = $"p{index}@example.com", name })).ShouldSucceed(201).IdOfData();
            if (index % 2 == 0)
            {
                (
                    await from.PatchAsync(
                        $"/admin/users/{id}",
                        new
                        {
                            image = "https://example.com/a.png",
                            bio = $"{name}\n{name}",
                            locale = "de-AT",
                            timeZone = "Europe/Vienna",
                            emailVerified = true,
                        }
                    )
                ).ShouldSucceed();
                (
                    await from.PatchAsync(
                        $"/admin/users/{id}",
                        new
                        {
                            extra = new
                            {
                                company = name,
                                birthday = "2001-02-03",
                                size = -1.5,
                                member = true,
                            },
                        }
                    )
                ).ShouldSucceed();
                (
                    await from.PostAsync(
                        $"/admin/users/{id}/ban",
                        new { reason = name, expiresAt = index % 4 == 0 ? "2094-01-02T03:04:05+01:00" : null }
                    )
                ).ShouldSucceed();
            }
        }

        var logins = Names.Index().Select(n => new { provider = $"provider-{n.Index}", subject = $"a;b%3B:{n.Item}" });
        var line = JsonSerializer.Serialize(new { email = "p-logins@example.com", logins });
        (await from.PostAsync("/admin/users/import", Wire.Body(line, "application/x-ndjson"))).ShouldSucceed();

        // Unmodified, with all its columns.
        var file = (await from.GetAsync($"/admin/users/export?format={format}&search=%40example.com")).ShouldSucceed().Text;
        var report = (
            await to.PostAsync("/admin/users/import", Wire.Body(file, format == "csv" ? "text/csv" : "application/x-ndjson"))
        ).ShouldSucceed();
        Assert.That(((int?)report.Data["created"], (int?)report.Data["failed"]), Is.EqualTo((Names.Length + 1, 0)), report.Text);
        var (before, after) = (await UsersAsync(from), await UsersAsync(to));
        Assert.That(after, Is.EqualTo(before));
        Assert.That(await LoginsAsync(other), Is.EqualTo(await LoginsAsync(app)).And.Count.EqualTo(Names.Length));
    }

    private static Task<List<string>> LoginsAsync(TestApp app) =>
        app.InspectAsync(db => db.UserLogins.OrderBy(l => l.LoginProvider).Select(l => l.LoginProvider + l.ProviderKey).ToListAsync());

    // Excludes what an import cannot know, as documented in docs/api.md.
    private static async Task<IReadOnlyList<string>> UsersAsync(Browser by)
    {
        var users = (await by.GetAsync("/admin/users?search=p&sort=email&order=asc&limit=100&role=user"))
            .ShouldSucceed()
            .Items.Where(u => ((string)u["email"]!).StartsWith('p'));
        return
        [
            .. users.Select(u =>
                new JsonObject(
                    u.AsObject()
                        .Where(m => m.Key is not ("id" or "updatedAt" or "lastSeenAt"))
                        .Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))
                ).ToJsonString()
            ),
        ];
    }
}
