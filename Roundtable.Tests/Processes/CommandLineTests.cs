using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>The program's commands as an operator runs them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class CommandLineTests
{
    private static readonly (string, string)[] Production = [("ASPNETCORE_ENVIRONMENT", "Production")];

    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("migrate", "--help")]
    public async Task Help_PrintsUsage(params string[] arguments)
    {
        using var folder = new TempFolder();
        var program = await ProgramRun.RunAsync(folder.Name, [], arguments);

        Assert.Multiple(() =>
        {
            Assert.That(program.ExitCode, Is.Zero);
            Assert.That(
                program.Output,
                Does.Contain("Usage:")
                    .And.Contain("migrate --script")
                    .And.Contain("create-admin --email")
                    .And.Contain("backup --to")
                    .And.Contain("doctor")
            );
            Assert.That(program.Errors, Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Name), Is.Empty);
        });
    }

    [TestCase("Unknown command: fly", "fly")]
    [TestCase("Unknown argument: --fly", "--fly")]
    [TestCase("Unknown argument: --Datebase:Provider", "--Datebase:Provider=Sqlite")]
    [TestCase("Unknown argument: now", "migrate", "now")]
    [TestCase("Unknown argument: --email", "migrate", "--email", "ada@example.com")]
    [TestCase("Unknown argument: --script", "--script")]
    [TestCase("create-admin needs --email", "create-admin")]
    [TestCase("--email needs a value", "create-admin", "--email")]
    [TestCase("--email is not an e-mail address.", "create-admin", "--email", "ada")]
    [TestCase("--email is not an e-mail address.", "create-admin", "--email=ada@example.com,eve@example.com")]
    [TestCase("--name: The name must not be blank.", "create-admin", "--email", "ada@example.com", "--name", "")]
    [TestCase("--name: The text must not contain control characters.", "create-admin", "--email", "ada@example.com", "--name", "a\nb")]
    [TestCase("--script takes no value", "migrate", "--script=yes")]
    [TestCase("backup needs --to", "backup")]
    [TestCase("backup needs --to", "backup", "--force")]
    [TestCase("--to needs a value", "backup", "--to")]
    [TestCase("--to needs a value", "backup", "--to=")]
    [TestCase("--force takes no value", "backup", "--to", "x.db", "--force=yes")]
    [TestCase("Unknown argument: x.db", "backup", "x.db")]
    [TestCase("Unknown argument: --force", "doctor", "--force")]
    [TestCase("Unknown argument: now", "doctor", "now")]
    public async Task Program_ExitsWith2AndUsage_WhenArgumentsAreInvalid(string reason, params string[] arguments)
    {
        using var folder = new TempFolder();
        var program = await ProgramRun.RunAsync(folder.Name, [], arguments);

        Assert.Multiple(() =>
        {
            Assert.That(program.ExitCode, Is.EqualTo(2));
            Assert.That(program.Errors, Does.StartWith(reason).And.Contain("Usage:"));
            Assert.That(program.Output, Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Name), Is.Empty, "something was written");
        });
    }

    [Test]
    public async Task Migrate_CreatesTheDatabase_AndChangesNothingTheSecondTime()
    {
        using var folder = new TempFolder();
        using var first = await ServerProcess.RunAsync(folder.Name, Production, "migrate");
        using var second = await ServerProcess.RunAsync(folder.Name, Production, "migrate");

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.Errors);
            Assert.That(second.ExitCode, Is.Zero, second.Errors);
            Assert.That(Query(first.DatabaseFile, "SELECT count(*) FROM Roles"), Is.EqualTo(2));
            Assert.That(
                Query(first.DatabaseFile, "SELECT count(*) FROM __EFMigrationsHistory"),
                Is.EqualTo(Models.Sqlite().Database.GetMigrations().Count())
            );
        });
    }

    [Test]
    public async Task OpenApi_PrintsOnlyTheDocument()
    {
        using var folder = new TempFolder();
        using var program = await ServerProcess.RunAsync(folder.Name, Production, "openapi");

        Assert.That(program.ExitCode, Is.Zero, program.Errors);
        Assert.That(
            program.Output.Trim() == (await File.ReadAllTextAsync(Repository.PathOf("client", "openapi.json"))).Trim(),
            Is.True,
            "differs from client/openapi.json"
        );
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Name), Is.Empty, "something was written");
    }

    [TestCase("Sqlite", "")]
    [TestCase("SqlServer", "Server=192.0.2.1;Database=nowhere;User Id=nobody;Password=nothing")]
    public async Task MigrateScript_PrintsOnlySql_WithoutConnecting(string provider, string connectionString)
    {
        using var folder = new TempFolder();
        (string, string)[] settings = [.. Production, ("Database:Provider", provider), ("ConnectionStrings:Roundtable", connectionString)];
        var program = await ProgramRun.RunAsync(folder.Name, settings, "migrate", "--script");

        Assert.Multiple(() =>
        {
            Assert.That(program.ExitCode, Is.Zero, program.Errors);
            Assert.That(program.OutputLines[0], Does.Match("^(CREATE TABLE|SET QUOTED_IDENTIFIER ON;)"));
            Assert.That(program.Output, Does.Contain("__EFMigrationsHistory").And.Contain("CREATE UNIQUE INDEX"));
            Assert.That(program.OutputLines, Has.None.StartsWith("{").And.None.StartsWith("["), "a log line");
            Assert.That(program.OutputLines[^1], Does.Match("^(COMMIT;|GO)$"));
            Assert.That(Directory.Exists(folder.PathOf("App_Data")), Is.False, "a database was created");
        });
    }

    [Test]
    public async Task MigrateScript_CreatesAWorkingDatabase_OnSqlite()
    {
        using var folder = new TempFolder();
        var program = await ProgramRun.RunAsync(folder.Name, Production, "migrate", "--script");
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = program.Output;
        await command.ExecuteNonQueryAsync();
        command.CommandText = "SELECT count(*) FROM Roles";
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task CreateAdmin_PrintsASingleUseSignInLink()
    {
        using var folder = new TempFolder();
        var email = TestApp.NewEmail("root");
        using var command = await ServerProcess.RunAsync(folder.Name, [], "create-admin", "--email", email, "--name", "Grace Hopper");
        Assert.That(command.ExitCode, Is.Zero, command.Errors);
        Assert.That(command.OutputLines, Has.Count.EqualTo(1), command.Output);
        var link = Link().Match(command.OutputLines[0]);
        Assert.That(link.Success, Is.True, command.Output);

        using var server = await ServerProcess.ServeAsync(folder.Name);
        using var admin = server.NewBrowser();
        var signedIn = (await admin.PostAsync("/auth/magic-link/verify", new { token = link.Groups["token"].Value })).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)signedIn.Data["user"]!["email"], Is.EqualTo(email));
            Assert.That((string?)signedIn.Data["user"]!["name"], Is.EqualTo("Grace Hopper"));
            Assert.That(signedIn.Data["user"]!["roles"]!.AsArray().Select(r => (string?)r), Does.Contain("admin"));
            Assert.That((bool?)signedIn.Data["user"]!["emailVerified"], Is.True);
        });
        (await admin.GetAsync("/admin/users")).ShouldSucceed();
        (await server.NewBrowser().PostAsync("/auth/magic-link/verify", new { token = link.Groups["token"].Value })).ShouldFail(
            400,
            "invalid_token"
        );
        Assert.That(server.Mail.All(), Is.Empty);
    }

    [Test]
    public async Task CreateAdmin_PromotesAnExistingAccount()
    {
        using var folder = new TempFolder();
        var email = TestApp.NewEmail("ada");
        using var server = await ServerProcess.ServeAsync(folder.Name);
        using var ada = await server.SignInAsync(email);
        (await ada.GetAsync("/admin/users")).ShouldFail(403, "forbidden");

        var command = await ProgramRun.RunAsync(folder.Name, [], "create-admin", "--email", email.ToUpperInvariant());
        Assert.That(command.ExitCode, Is.Zero, command.Errors);
        (await ada.GetAsync("/admin/users")).ShouldSucceed();
    }

    [Test]
    public async Task CommandLineSettings_OverrideTheEnvironment()
    {
        using var folder = new TempFolder();
        var port = FreePort.Next();
        using var server = ServerProcess.Start(
            folder.Name,
            [],
            $"--Urls=http://127.0.0.1:{port}",
            "--ConnectionStrings:Roundtable",
            "Data Source=elsewhere/users.db"
        );
        await server.WaitUntilReadyAsync(new Uri($"http://127.0.0.1:{port}"));
        Assert.That(File.Exists(folder.PathOf("elsewhere/users.db")), Is.True);
    }

    private static long Query(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    [GeneratedRegex("^http://127\\.0\\.0\\.1:[0-9]+/magic-link#token=(?<token>[A-Za-z0-9_-]{43})$")]
    private static partial Regex Link();
}
