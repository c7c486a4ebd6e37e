using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Transfer;

/// <summary>Exports users to files and imports them elsewhere.</summary>
public sealed class ExportTests
{
    private static readonly string[] Importable = ["email", "name", "emailVerified", "roles", "createdAt", "banned", "banReason"];

    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [TestCase("=1+1")]
    [TestCase("=cmd|' /C calc'!A0")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("-1+1")]
    [TestCase("+4312345")]
    [TestCase("@SUM(A1)")]
    [TestCase("=HYPERLINK(\"http://x\",\"y\")")]
    [Category("threat-30")]
    public async Task Cells_ContainNoFormulas(string name)
    {
        var email = TestApp.NewEmail("formula");
        var id = (await admin.PostAsync("/admin/users", new { email, name })).ShouldSucceed(201).IdOfData();
        (await admin.PatchAsync($"/admin/users/{id}", new { bio = "\r" + name })).ShouldSucceed();
        var csv = (await admin.GetAsync($"/admin/users/export?search={email}")).ShouldSucceed().Text;
        var shown = name.Replace("\"", "\"\"", StringComparison.Ordinal);
        Assert.That(csv, Does.Contain($",'{shown},").Or.Contain($",\"'{shown}\","));
        Assert.That(csv, Does.Contain($"\"'\r{shown}\""));
        var ndjson = (await admin.GetAsync($"/admin/users/export?format=ndjson&search={email}")).ShouldSucceed().Text;
        Assert.That((string?)JsonNode.Parse(ndjson)!["name"], Is.EqualTo(name));
    }

    [Test]
    public async Task Exports_CanBeImported([Values("csv", "ndjson")] string format)
    {
        await using var other = TestApp.Start();
        var mark = $"m{Guid.NewGuid():N}";
        foreach (var i in Enumerable.Range(0, 3))
        {
            var id = (
                await admin.PostAsync(
                    "/admin/users",
                    new
                    {
                        email = $"{mark}-{i}@example.com",
                        name = $"Name, \"{i}\" ü; 🐎",
                        roles = i == 0 ? new[] { "admin" } : [],
                    }
                )
            ).ShouldSucceed(201).IdOfData();
            if (i == 1)
            {
                (await admin.PatchAsync($"/admin/users/{id}", new { emailVerified = true })).ShouldSucceed();
                (await admin.PostAsync($"/admin/users/{id}/ban", new { reason = "Spam, lots" })).ShouldSucceed();
            }
        }

        var file = (await admin.GetAsync($"/admin/users/export?format={format}&search={mark}")).ShouldSucceed();
        var body = format == "csv" ? Csv(file.Text) : Ndjson(file.Text);
        var root = await other.RootAsync();
        var report = (
            await root.SendAsync(
                HttpMethod.Post,
                "/admin/users/import",
                Wire.Body(body, format == "csv" ? "text/csv" : "application/x-ndjson")
            )
        ).ShouldSucceed();
        Assert.That((int?)report.Data["created"], Is.EqualTo(3), report.Text);
        var (before, after) = (await ListAsync(admin, mark), await ListAsync(root, mark));
        Assert.That(after.Select(Shown), Is.EqualTo(before.Select(Shown)));
    }

    [Test]
    public async Task Filters_AreTheSameAsOfTheList()
    {
        var mark = $"m{Guid.NewGuid():N}";
        (await admin.PostAsync("/admin/users", new { email = $"{mark}-a@example.com", roles = new[] { "admin" } })).ShouldSucceed(201);
        (await admin.PostAsync("/admin/users", new { email = $"{mark}-b@example.com" })).ShouldSucceed(201);
        var file = (await admin.GetAsync($"/admin/users/export?format=ndjson&search={mark}&role=admin")).ShouldSucceed();
        Assert.That(file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1));
        (await admin.GetAsync("/admin/users/export?role=nobodys-role")).ShouldFail(400, "validation_failed");
        (await admin.GetAsync("/admin/users/export?format=xml")).ShouldFail(400, "validation_failed");
        Assert.That((await admin.GetAsync($"/admin/audit-log?action=users.exported&actor={admin.UserId}")).Items, Is.Not.Empty);
    }

    // Keeps the columns that an import knows; only quoted cells contain commas.
    private static string Csv(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Cells(l.TrimEnd('\r'))).ToList();
        var wanted = Importable.Select(c => lines[0].IndexOf(c)).ToList();
        return string.Join('\n', lines.Select(l => string.Join(',', wanted.Select(i => l[i]))));
    }

    private static List<string> Cells(string line)
    {
        var (cells, quoted, start) = (new List<string>(), false, 0);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (i == line.Length || (line[i] == ',' && !quoted))
            {
                cells.Add(line[start..i]);
                start = i + 1;
            }
        }

        return cells;
    }

    private static string Ndjson(string text) =>
        string.Join(
            '\n',
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l =>
                    new JsonObject(
                        JsonNode
                            .Parse(l)!
                            .AsObject()
                            .Where(m => Importable.Contains(m.Key))
                            .Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))
                    ).ToJsonString()
                )
        );

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(Browser by, string mark) =>
        (await by.GetAsync($"/admin/users?search={mark}&sort=email")).ShouldSucceed().Items;

    private static string Shown(JsonNode user) => string.Join('|', Importable.Select(m => user[m]?.ToJsonString()));
}
