using Roundtable.Tests.Support;

namespace Roundtable.Tests.Client;

/// <summary>
/// The committed client matches what the application and NSwag generate. After an API change, run these tests with UPDATE_CLIENT=1 in
/// the environment: they write the files, and the next run passes.
/// </summary>
[Order(1)]
public sealed class ClientFilesTests
{
    private const string Advice = "is stale: run the tests of Roundtable.Tests.Client with UPDATE_CLIENT=1 and commit what they write.";

    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_CLIENT") == "1";

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
    public void Client_IsUpToDate()
    {
        NodeTools.PrepareClient();
        var folder = Directory.CreateTempSubdirectory("roundtable-client-").FullName;
        try
        {
            foreach (
                var file in (string[])
                    ["openapi.json", "nswag.json", "nswag-extension.ts", "templates/Client.ProcessResponse.liquid", "scripts/tidy.mjs"]
            )
            {
                var copy = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Repository.PathOf("client", file), copy);
            }

            Directory.CreateDirectory(Path.Combine(folder, "src"));
            NodeTools.Run(folder, "node", [Repository.PathOf("client", "node_modules", "nswag", "bin", "nswag.js"), "run", "nswag.json"]);
            NodeTools.Run(folder, "node", ["scripts/tidy.mjs"]);
            var made = File.ReadAllText(Path.Combine(folder, "src", "client.ts"));
            var committed = Repository.PathOf("client", "src", "client.ts");
            if (Update)
            {
                File.WriteAllText(committed, made);
                NodeTools.Run(Repository.PathOf("client"), "node", ["scripts/record.mjs"]);
            }

            Assert.That(File.ReadAllText(committed) == made, Is.True, $"client/src/client.ts {Advice}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the client in Node.js against the real API: link, session, list, ban, export.</summary>
    [Test, Order(3)]
    public async Task Client_WorksInNode()
    {
        NodeTools.PrepareClient();
        await using var app = TestApp.Start();
        NodeTools.Run(
            Repository.PathOf("client"),
            "npm",
            ["test", "--silent"],
            ("ROUNDTABLE_URL", app.BaseAddress.ToString().TrimEnd('/')),
            ("ROUNDTABLE_MAIL", app.MailFolder)
        );
    }
}
