using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Client;

/// <summary>
/// The committed clients match what the application and NSwag generate. After an API change, run these tests with UPDATE_CLIENT=1 in
/// the environment: they write the files, and the next run passes.
/// </summary>
[Order(1)]
public sealed class ClientFilesTests
{
    private const string Advice = "is stale: run the tests of Roundtable.Tests.Client with UPDATE_CLIENT=1 and commit what they write.";

    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_CLIENT") == "1";

    private static readonly string[] Generated = ["src/client.ts", "csharp/Roundtable.Client/Generated.cs"];

    private static string Document => Repository.PathOf("client", "openapi.json");

    [Test, Order(1)]
    public async Task Document_IsUpToDate()
    {
        using var browser = TestApp.Current.NewBrowser();
        var served = (await browser.RawAsync(HttpMethod.Get, "/openapi/v1.json")).ShouldSucceed().Text;
        if (Update)
        {
            await File.WriteAllTextAsync(Document, served);
        }

        Assert.That(await File.ReadAllTextAsync(Document) == served, Is.True, $"client/openapi.json {Advice}");
    }

    [Test, Order(2)]
    public void Clients_AreUpToDate()
    {
        NodeTools.PrepareClient();
        using var folder = new TempFolder();
        // The recorded hashes name what the clients are made of, and what came out.
        foreach (var file in File.ReadAllLines(Repository.PathOf("client", "generated.sha256")).Select(l => l[66..]))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(file))!);
            if (!Generated.Contains(file))
            {
                File.Copy(Repository.PathOf("client", file), folder.PathOf(file));
            }
        }

        Node(Repository.PathOf("client", "node_modules", "nswag", "bin", "nswag.js"), "run", "nswag.json");
        Node("scripts/tidy.mjs");
        Node(Repository.PathOf("client", "node_modules", "nswag", "bin", "nswag.js"), "run", "csharp/nswag.json");
        Node("scripts/tidy-csharp.mjs");
        if (Update)
        {
            foreach (var file in Generated)
            {
                File.Copy(folder.PathOf(file), Repository.PathOf("client", file), overwrite: true);
            }

            NodeTools.Run(Repository.PathOf("client"), "node", ["scripts/record.mjs"]);
        }

        foreach (var file in Generated)
        {
            Assert.That(
                File.ReadAllText(Repository.PathOf("client", file)) == File.ReadAllText(folder.PathOf(file)),
                Is.True,
                $"client/{file} {Advice}"
            );
        }

        void Node(params string[] arguments) => NodeTools.Run(folder.Name, "node", arguments);
    }

    /// <summary>Runs the client in Node.js against the real API: link, session, list, ban, export, and an API key.</summary>
    [Test, Order(3)]
    public async Task Client_WorksInNode()
    {
        NodeTools.PrepareClient();
        await using var app = TestApp.Start();
        using var admin = await app.NewAdminAsync();
        var key = await admin.NewServiceKeyAsync(["admin"], "users:list");
        NodeTools.Run(
            Repository.PathOf("client"),
            "npm",
            ["test", "--silent"],
            ("ROUNDTABLE_URL", app.BaseAddress.ToString().TrimEnd('/')),
            ("ROUNDTABLE_MAIL", app.MailFolder),
            ("ROUNDTABLE_API_KEY", key.Secret)
        );
    }
}
