using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>The user list: filters, sort orders and pages.</summary>
public sealed class AdminUserListTests
{
    private const int Count = 43;

    private static readonly string[] Names = ["Ada", "ada", "Zoë", "zebra", "Émile", "O_o", "100%", "Ada Lovelace"];

    private TestApp app = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        admin = await app.RootAsync();
        await app.ArrangeAsync(db =>
        {
            db.Roles.Add(Role.Create("editor", [], app.Now));
            return Task.CompletedTask;
        });

        // Creates many equal times and names: four clock steps, eight names.
        for (var step = 0; step < 4; step++)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            await app.ArrangeAsync(db =>
            {
                for (var i = step; i < Count; i += 4)
                {
                    var user = User.Create(
                        People.Parse($"Person{i:00}@{(i % 2 == 0 ? "even" : "odd")}.example"),
                        Names[i % Names.Length],
                        UserOrigin.Imported,
                        app.Now
                    );
                    if (i % 3 == 0)
                    {
                        user.VerifyEmail(app.Now);
                    }

                    if (i % 5 == 0)
                    {
                        user.Ban("Spam", i % 2 == 0 ? null : app.Now.AddDays(30), app.Now);
                    }

                    if (i % 7 == 0)
                    {
                        user.SetRoles(["editor"], app.Now);
                    }

                    if (i % 4 != 0)
                    {
                        user.Seen(app.Now.AddMinutes(i % 2));
                    }

                    db.Users.Add(user);
                }

                return Task.CompletedTask;
            });
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Pages_ContainEachUserOnce_InOrder(
        [Values("createdAt", "email", "name", "lastSeenAt")] string sort,
        [Values("asc", "desc")] string order,
        [Values(1, 7, 100)] int limit
    )
    {
        var items = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (
                await admin.GetAsync(
                    $"/admin/users?sort={sort}&order={order}&limit={limit}&includeTotal=true{(cursor is null ? "" : $"&cursor={cursor}")}"
                )
            ).ShouldSucceed();
            var pagination = page.Data["pagination"]!;
            cursor = (string?)pagination["nextCursor"];
            Assert.Multiple(() =>
            {
                Assert.That((bool?)pagination["hasMore"], Is.EqualTo(cursor is not null));
                Assert.That((int?)pagination["count"], Is.EqualTo(page.Items.Count));
                Assert.That((int?)pagination["total"], Is.EqualTo(Count + 1));
                Assert.That(page.Items, Has.Count.EqualTo(Math.Min(limit, Count + 1 - items.Count)));
            });
            items.AddRange(page.Items);
        } while (cursor is not null);

        var keys = items.Select(i => (Key: Key(i, sort), Id: (string)i["id"]!)).ToList();
        var sorted = keys.OrderBy(k => k.Key, StringComparer.Ordinal).ThenBy(k => k.Id, StringComparer.Ordinal).ToList();
        if (order == "desc")
        {
            sorted.Reverse();
        }

        Assert.Multiple(() =>
        {
            Assert.That(keys.Select(k => k.Id), Is.Unique);
            Assert.That(keys, Has.Count.EqualTo(Count + 1));
            Assert.That(keys, Is.EqualTo(sorted));
        });
    }

    [TestCase("", "createdAt", "desc")]
    [TestCase("sort=name", "name", "asc")]
    [TestCase("sort=email", "email", "asc")]
    [TestCase("sort=lastSeenAt", "lastSeenAt", "desc")]
    [TestCase("order=asc", "createdAt", "asc")]
    public async Task List_HasDefaultOrderAndLimit(string query, string sort, string order)
    {
        var plain = (await admin.GetAsync($"/admin/users?{query}")).ShouldSucceed();
        var full = (await admin.GetAsync($"/admin/users?sort={sort}&order={order}&limit=20")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(plain.Items, Has.Count.EqualTo(20));
            Assert.That(plain.Items.Select(i => (string?)i["id"]), Is.EqualTo(full.Items.Select(i => (string?)i["id"])));
            Assert.That(plain.Data["pagination"]!["total"], Is.Null);
        });
    }

    [Test]
    public async Task List_ReturnsAllMembersOfUsers()
    {
        var item = (await admin.GetAsync("/admin/users?search=person10@")).ShouldSucceed().Items.Single();
        var read = (await admin.GetAsync($"/admin/users/{(string?)item["id"]}")).ShouldSucceed();
        Assert.That(item.ToJsonString(), Is.EqualTo(read.Data.ToJsonString()));
        Assert.Multiple(() =>
        {
            Assert.That((bool?)item["banned"], Is.True);
            Assert.That((string?)item["banReason"], Is.EqualTo("Spam"));
            Assert.That(item["banExpiresAt"], Is.Null);
        });
    }

    [TestCase("search=PERSON1", "[1][0-9]")]
    [TestCase("search=person1", "[1][0-9]")]
    [TestCase("search=son07%40ODD", "07")]
    [TestCase("search=lovelace", "(07|15|23|31|39)")]
    [TestCase("search=%25", "(06|14|22|30|38)")]
    [TestCase("search=_", "(05|13|21|29|37)")]
    [TestCase("search=ZO%C3%8B", "(02|10|18|26|34|42)")]
    [TestCase("search=%C3%A9mile", "(04|12|20|28|36)")]
    [TestCase("search=%27%20or%201%3D1--", "none")]
    [TestCase("search=%5C", "none")]
    public async Task Search_FindsUsersThatContainTheText_IgnoringCase(string query, string numbers)
    {
        var found = (await admin.GetAsync($"/admin/users?limit=100&{query}"))
            .ShouldSucceed()
            .Items.Select(i => (string)i["email"]!)
            .ToList();
        var expected = Enumerable
            .Range(0, Count)
            .Where(i => System.Text.RegularExpressions.Regex.IsMatch($"{i:00}", $"^{numbers}$"))
            .Select(i => $"Person{i:00}@{(i % 2 == 0 ? "even" : "odd")}.example");
        Assert.That(found, Is.EquivalentTo(expected));
    }

    [TestCase("banned=true", 5, 0)]
    [TestCase("emailVerified=true", 3, 0)]
    [TestCase("role=editor", 7, 0)]
    public async Task Filters_SelectMatchingUsers(string query, int divisor, int remainder)
    {
        var found = (await admin.GetAsync($"/admin/users?limit=100&search=person&{query}")).ShouldSucceed().Items.Select(Number);
        Assert.That(found, Is.EquivalentTo(Enumerable.Range(0, Count).Where(i => i % divisor == remainder)));
        var others = (
            await admin.GetAsync($"/admin/users?limit=100&search=person&{query.Replace("true", "false", StringComparison.Ordinal)}")
        )
            .ShouldSucceed()
            .Items.Select(Number);
        if (!query.StartsWith("role", StringComparison.Ordinal))
        {
            Assert.That(others, Is.EquivalentTo(Enumerable.Range(0, Count).Where(i => i % divisor != remainder)));
        }
    }

    [Test]
    public async Task Filters_SelectByTime()
    {
        var times = (await admin.GetAsync("/admin/users?limit=100&search=person"))
            .Items.Select(i => (Number: Number(i), Created: (string)i["createdAt"]!, Seen: (string?)i["lastSeenAt"]))
            .ToList();
        var steps = times.Select(t => t.Created).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.That(steps, Has.Count.EqualTo(4));
        var created = (await admin.GetAsync($"/admin/users?limit=100&search=person&createdFrom={steps[1]}&createdTo={steps[3]}"))
            .ShouldSucceed()
            .Items.Select(Number);
        var seen = (await admin.GetAsync($"/admin/users?limit=100&search=person&lastSeenFrom={steps[2]}"))
            .ShouldSucceed()
            .Items.Select(Number);
        var offset = DateTimeOffset.Parse(steps[1], CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(5)).ToString("O");
        var sameMoment = (
            await admin.GetAsync($"/admin/users?limit=100&search=person&createdFrom={Uri.EscapeDataString(offset)}&createdTo={steps[3]}")
        )
            .ShouldSucceed()
            .Items.Select(Number);
        Assert.Multiple(() =>
        {
            Assert.That(created, Is.EquivalentTo(times.Where(t => t.Created == steps[1] || t.Created == steps[2]).Select(t => t.Number)));
            Assert.That(sameMoment, Is.EquivalentTo(created));
            Assert.That(
                seen,
                Is.EquivalentTo(times.Where(t => t.Seen is not null && string.CompareOrdinal(t.Seen, steps[2]) >= 0).Select(t => t.Number))
            );
        });
    }

    [Test]
    public async Task Filters_CanBeCombined()
    {
        var createdFrom = app.Now.AddHours(-3.5).ToString("O");
        var query =
            $"/admin/users?search=PERSON&role=editor&banned=false&emailVerified=false&createdFrom={createdFrom}"
            + $"&createdTo={app.Now.AddSeconds(1):O}&lastSeenFrom={createdFrom}&sort=email&order=desc&limit=1&includeTotal=true";
        var first = (await admin.GetAsync(query)).ShouldSucceed();
        var expected = Enumerable
            .Range(0, Count)
            .Where(i => i % 7 == 0 && i % 5 != 0 && i % 3 != 0 && i % 4 != 0)
            .OrderDescending()
            .ToList();
        Assert.That(expected, Has.Count.EqualTo(2));
        Assert.That((int?)first.Data["pagination"]!["total"], Is.EqualTo(expected.Count));
        var second = (await admin.GetAsync($"{query}&cursor={(string?)first.Data["pagination"]!["nextCursor"]}")).ShouldSucceed();
        Assert.That(first.Items.Concat(second.Items).Select(Number), Is.EqualTo(expected));
    }

    [Test]
    public async Task List_IsEmpty_WhenNoUserMatches()
    {
        var answer = (await admin.GetAsync("/admin/users?search=nobody-at-all&includeTotal=true")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Items, Is.Empty);
            Assert.That((int?)answer.Data["pagination"]!["total"], Is.Zero);
            Assert.That((bool?)answer.Data["pagination"]!["hasMore"], Is.False);
        });
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=101", "limit")]
    [TestCase("limit=-1", "limit")]
    [TestCase("limit=abc", "limit")]
    [TestCase("limit=1.5", "limit")]
    [TestCase("limit=99999999999999999999", "limit")]
    [TestCase("sort=password", "sort")]
    [TestCase("sort=Credentials.PasswordHash", "sort")]
    [TestCase("sort=1", "sort")]
    [TestCase("sort=99", "sort")]
    [TestCase("sort=name,email", "sort")]
    [TestCase("sort=name;drop", "sort")]
    [TestCase("order=up", "order")]
    [TestCase("order=1", "order")]
    [TestCase("order=asc,desc", "order")]
    [TestCase("banned=maybe", "banned")]
    [TestCase("banned=1", "banned")]
    [TestCase("emailVerified=2", "emailVerified")]
    [TestCase("includeTotal=ja", "includeTotal")]
    [TestCase("role=nobody", "role")]
    [TestCase("role=ADMIN", "role")]
    [TestCase("createdFrom=yesterday", "createdFrom")]
    [TestCase("createdTo=2026-13-01", "createdTo")]
    [TestCase("createdTo=2026-02-30T00:00:00Z", "createdTo")]
    [TestCase("lastSeenFrom=1", "lastSeenFrom")]
    [TestCase("lastSeenFrom=99999-01-01", "lastSeenFrom")]
    [Category("threat-26")]
    public async Task List_RefusesInvalidValues(string query, string field)
    {
        var answer = (await admin.GetAsync($"/admin/users?{query}")).ShouldFail(400, "validation_failed");
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Json["context"]!["field"], Is.EqualTo(field), answer.Text);
            Assert.That(answer.Text, Does.Not.Contain("System.").And.Not.Contain("Roundtable."));
        });
    }

    [TestCase("search=%00")]
    [TestCase("search=%ff%fe")]
    [TestCase("search=%ed%a0%80")]
    [TestCase("search=%f0%9f%92%a9")]
    [TestCase("search=%zz")]
    [TestCase("search[]=a")]
    [TestCase("search[a]=b")]
    [TestCase("search=a&search=b")]
    [TestCase("sort=name&sort=email")]
    [TestCase("limit=1&limit=2")]
    [TestCase("search=")]
    [TestCase("cursor=")]
    [TestCase("=x")]
    [TestCase("&&&")]
    [TestCase("%00=1")]
    [TestCase("createdFrom=0001-01-01T00:00:00Z&createdTo=9999-12-31T23:59:59.9999999Z")]
    [TestCase("createdFrom=9999-12-31T23:59:59-14:00")]
    [TestCase("createdFrom=0001-01-01T00:00:00%2B14:00")]
    [TestCase("createdFrom=2026-01-01&createdTo=2025-01-01")]
    [Category("threat-26")]
    public async Task List_NeverReturnsServerErrors_ForAnyQuery(string query)
    {
        var answer = await admin.GetAsync($"/admin/users?{query}");
        if (answer.Status == 200)
        {
            Assert.That((bool?)answer.Json["success"], Is.True);
        }
        else
        {
            answer.ShouldFail(400, "validation_failed");
        }
    }

    [Test]
    public async Task Search_HasMaximumLength()
    {
        (await admin.GetAsync($"/admin/users?search={new string('x', 200)}")).ShouldSucceed();
        (await admin.GetAsync($"/admin/users?search={new string('x', 201)}")).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task Cursor_IsRefused_WhenTamperedOrFromAnotherList()
    {
        var cursor = (string)(await admin.GetAsync("/admin/users?sort=name&order=asc&limit=3")).Data["pagination"]!["nextCursor"]!;
        var audit = (string)(await admin.GetAsync("/admin/audit-log?limit=1")).Data["pagination"]!["nextCursor"]!;
        (await admin.GetAsync($"/admin/users?sort=name&order=asc&cursor={cursor}")).ShouldSucceed();
        string[] queries =
        [
            $"sort=name&order=desc&cursor={cursor}",
            $"sort=email&order=asc&cursor={cursor}",
            $"cursor={cursor}",
            $"sort=name&cursor={cursor[..^2]}",
            $"sort=name&cursor=A{cursor}",
            $"sort=name&cursor={cursor[..30]}x{cursor[31..]}",
            "cursor=1",
            "cursor=abc",
            "cursor=%00",
            "cursor=%C3%BC",
            "cursor=eyJpZCI6MX0%3D",
            $"cursor={audit}",
            $"cursor={new string('A', 1500)}",
        ];
        foreach (var query in queries)
        {
            (await admin.GetAsync($"/admin/users?{query}")).ShouldFail(400, "invalid_cursor");
        }

        (await admin.GetAsync($"/admin/audit-log?cursor={cursor}")).ShouldFail(400, "invalid_cursor");
    }

    [Test]
    public async Task Cursor_DoesNotDiscloseItsKey()
    {
        var cursor = (string)(await admin.GetAsync("/admin/users?sort=email&limit=1")).Data["pagination"]!["nextCursor"]!;
        var bytes = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(cursor);
        Assert.That(System.Text.Encoding.Latin1.GetString(bytes), Does.Not.Contain("EXAMPLE").IgnoreCase);
    }

    [Test]
    public async Task Pages_AreStable_WhenUsersAreAdded()
    {
        const string list = "/admin/users?sort=createdAt&order=desc&limit=5&search=even.example";
        var first = (await admin.GetAsync(list)).ShouldSucceed();
        var address = TestApp.NewEmail("even.example");
        await app.AddUsersAsync([address]);
        var second = (await admin.GetAsync($"{list}&cursor={(string?)first.Data["pagination"]!["nextCursor"]}")).ShouldSucceed();
        Assert.That(first.Items.Concat(second.Items).Select(i => (string?)i["id"]), Is.Unique.And.Exactly(10).Items);
        await app.InspectAsync(db => db.Users.Where(u => u.Email == address).ExecuteDeleteAsync());
    }

    private static int Number(JsonNode user) => int.Parse(((string)user["email"]!).AsSpan(6, 2), CultureInfo.InvariantCulture);

    // Fractional seconds omit trailing zeros, so times are compared as numbers.
    private static string Key(JsonNode user, string sort) =>
        sort switch
        {
            "name" => User.NormalizeName((string)user[sort]!),
            "email" => ((string)user[sort]!).ToUpperInvariant(),
            _ => user[sort] is { } time ? $"{((DateTime)time).ToUniversalTime().Ticks:D20}" : "",
        };
}
