using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>A wrong setting ends the start promptly, with one line that names the key but not a possibly secret value.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BadConfigurationTests
{
    private const string Secret = "hunter2-hunter2";

    // A valid configuration; a case's settings take precedence.
    private static readonly (string, string)[] Production =
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("App:PublicUrl", "https://accounts.roundtable.dev"),
        ("Email:Transport", "Smtp"),
        ("Email:Smtp:Host", "localhost"),
        ("Auth:AdminEmails:0", "root@roundtable.dev"),
        ("DataProtection:CertificatePath", "{folder}/keys.pfx"),
    ];

    private static readonly byte[] Certificate = Certificates.Pkcs12();

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // With many parallel processes or a busy machine, one process's time is meaningless.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly (string Setting, string Value)[] BadProviders =
    [
        ("Kind", "Pigeon"),
        ("Kind", "7"),
        ("ClientId", ""),
        ("ClientSecret", " "),
        ("ClientSecret:File", "{folder}/missing.txt"),
        ("DisplayName", new string('x', 101)),
        ("Authority", ""),
        ("Authority", "http://login.example.com"),
        ("Authority", $"https://login.example.com/?key={Secret}"),
        ("Authority", $"https://user:{Secret}@login.example.com"),
        ("Scopes", "email"),
        ("TrustEmail", "perhaps"),
        ("AllowSignUp", "perhaps"),
        ("Tenant", "common"),
        ("ClientIdd", "x"),
    ];

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("Database:Provider", "Oracle");
        yield return Case("Database:MigrateOnStart", "perhaps");
        yield return Case("Database:Provder", "Sqlite");
        yield return Case("ConnectionStrings:Roundtable", "Data Source=:memory:");
        yield return Case("ConnectionStrings:Roundtable", $"Data Source=x.db;Passwrod={Secret}");
        yield return Case("ConnectionStrings:Roundtable", "Data Source=file-not-folder/x.db");
        yield return Case("ConnectionStrings:Roundtable", "Data Source=file-not-folder");
        yield return Case("ConnectionStrings:Roundtable", "", ("Database:Provider", "SqlServer"));
        yield return Case("ConnectionStrings:Roundtable", $"Server=x;Passwrod={Secret}", ("Database:Provider", "SqlServer"));
        yield return Case("Email:Transport", "Pigeon");
        yield return Case("Email:SendGrid:ApiKey", "", ("Email:Transport", "SendGrid"));
        yield return Case("Email:SendGrid:ApiKey", $"SG.{Secret} ä", ("Email:Transport", "SendGrid"));
        yield return Case("Email:SendGrid:BaseUrl", "nonsense", ("Email:Transport", "SendGrid"), ("Email:SendGrid:ApiKey", $"SG.{Secret}"));
        yield return Case("Email:Smtp:Host", "", ("Email:Transport", "Smtp"));
        yield return Case("Email:Smtp:Port", "many");
        yield return Case("Email:Smtp:UseTls", "perhaps");
        yield return Case("Email:Smtp:Hots", "mail.example.com");
        yield return Case("Email:Smpt", "mail.example.com");
        yield return Case("Email:From", "nobody");
        yield return Case("Email:Pickup:Directory", "{folder}/file-not-folder/mail");
        yield return Case("Auth:Session:Lifetime", "soon");
        yield return Case("Auth:Session:Lifetime", "-00:00:01");
        yield return Case("Auth:MagicLink:Lifetim", "00:05:00");
        yield return Case("Auth:MagicLink:AllowSignUp", "perhaps");
        yield return Case("Auth:MagicLink:MaxPerWindow", "0");
        yield return Case("Auth:AdminEmails:0", "nobody");
        foreach (var (setting, value) in BadProviders)
        {
            yield return Case($"Auth:External:corp:{setting}", value, Provider("corp", "Oidc"));
        }

        yield return Case("Auth:External:Corp", "", Provider("Corp", "Oidc"));
        yield return Case("Auth:External:google:Authority", "https://accounts.google.com", Provider("google", "Google"));
        yield return Case("Auth:External:google:TrustEmail", "true", Provider("google", "Google"));
        yield return Case("Auth:External:google:Tenant", "common", Provider("google", "Google"));
        yield return Case("Auth:External:microsoft:Tenant", "every/tenant", Provider("microsoft", "Microsoft"));
        yield return Case("RateLimiting:Enabled", "perhaps");
        yield return Case("RateLimiting:Api:Permits", "many");
        yield return Case("RateLimiting:Auth:Windwo", "00:01:00");
        yield return Case("App:PublicUrl", "nonsense");
        yield return Case("App:PublicUrl", "ftp://example.com");
        yield return Case("App:TrustedOrigins:0", "https://example.com/path");
        yield return Case("App:TrustedOrigins:1", "*", ("App:TrustedOrigins:0", "https://example.com"));
        yield return Case("App:TrustedProxies:0", "everybody");
        yield return Case("App:AllowDevelopmentDefaults", "perhaps");
        yield return Case("DataProtection:CertificatePath", "missing.pfx", ("DataProtection:CertificatePassword", Secret));
        yield return Case("Urls", "nonsense");
        yield return Case("Urls", "http://localhost:0;nonsense", ("App:PublicUrl", "http://localhost"));
        yield return Case("App:TrustedOrigins", "https://example.com");
        yield return Case("Database:Provider", "7");
        yield return Case("App:PublicUrl", "http://localhost", [.. Production]);
        yield return Case("Email:Transport", "Pickup", [.. Production, ("Email:Smtp:Host", "")]);
        yield return Case("DataProtection:CertificatePath", "", [.. Production]);
        yield return Case("Auth:AdminEmails:0", "admin@example.com", [.. Production]);
        yield return Case("Auth:AdminEmails:0", "Admin@Example.COM", [.. Production]);
        yield return Case("Cleanup:Interval", "00:00:00");
        yield return Case("Cleanup:Interval", "60.00:00:00");
        yield return Case("Cleanup:Sessions", "-1.00:00:00");
        yield return Case("Cleanup:Tokens", "soon");
        yield return Case("Cleanup:Enabled", "perhaps");
        yield return Case("Audit:Retention", "23:59:59");
        yield return Case("Audit:Retention", "long");
        yield return Case("DataProtection:PreviousCertificatePath", "{folder}/missing.pfx");
        yield return Case("ConnectionStrings:Roundtable:File", "{folder}/missing.txt");
        yield return Case("Email:Smtp:Password:File", "{folder}/empty.txt");
        yield return Case("Logging:File:RetainedFiles", "none");
        yield return Case("Logging:File:Path", "{folder}/file-not-folder/log.txt");
        yield return Case("Otlp:Endpoint", "nonsense");
        yield return Case("Otlp:Protocol", "pigeon");
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Start_FailsWithOneLineThatNamesTheKey_WhenSettingIsInvalid(string key, string value, (string, string)[] others)
    {
        using var folder = NewFolder();
        var run = await ProgramRun.RunAsync(
            folder.Name,
            [.. others.Append((key, value)).Select(s => (s.Item1, s.Item2.Replace("{folder}", folder.Name, StringComparison.Ordinal)))]
        );
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.ErrorLines, Has.Count.EqualTo(1), run.Errors);
            Assert.That(run.Errors, Does.StartWith($"Configuration: {key} "));
            Assert.That(run.Errors + run.Output, Does.Not.Contain(Secret));
        });
    }

    // The same in a separate process, configured by environment variables, with all its output.
    [TestCase("Auth:Session:Lifetime", "soon")]
    [TestCase("ConnectionStrings:Roundtable", "Data Source=file-not-folder/x.db")]
    [TestCase("ConnectionStrings:Roundtable", $"Data Source=x.db;Passwrod={Secret}")]
    public async Task Process_ExitsWithinTenSeconds_WhenSettingIsInvalid(string key, string value)
    {
        using var folder = NewFolder();
        using var program = ServerProcess.Start(folder.Name, [(key, value)]);
        var exitCode = await program.WaitForExitAsync(Limit);
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(program.ErrorLines, Has.Count.EqualTo(1), program.Errors);
            Assert.That(program.Errors, Does.StartWith($"Configuration: {key} "));
            Assert.That(program.Errors + program.Output, Does.Not.Contain(Secret));
            Assert.That(program.Output, Does.Not.Contain("   at "), "a stack trace");
        });
    }

    [Test]
    public async Task Start_FailsWithOneLinePerProblem_WhenSeveralSettingsAreInvalid()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.PathOf("templates"));
        await File.WriteAllTextAsync(folder.PathOf("templates/magic-link.de.html.hbs"), "{{lnik}}");
        await File.WriteAllTextAsync(folder.PathOf("templates/magic-lnk.text.hbs"), "{{link}}");
        var program = await ProgramRun.RunAsync(
            folder.Name,
            [
                ("ASPNETCORE_ENVIRONMENT", "Production"),
                ("Auth:AdminEmails:0", TestApp.AdminEmail),
                ("Auth:Session:Lifetime", "soon"),
                ("Auth:Session:FreshFor", "later"),
                ("Auth:Sesion", "x"),
                ("Database:Provider", "Oracle"),
                ("App:TrustedProxies:0", "everybody"),
                ("App:TrustedProxies:1", "nobody"),
                ("Email:From", "nobody"),
                ("Email:Smtp:Port", "many"),
                ("DataProtection:CertificatePath", "{folder}/missing.pfx"),
                ("ConnectionStrings:Roundtable", "Data Source=:memory:"),
                ("Profile:Fields:company:MaxLenght", "5"),
                ("Profile:Fields:level:Type", "Text"),
                ("Profile:Fields:level:Min", "low"),
                ("Profile:Fields:plan", "free"),
                ("Profile:Fields:Score:Type", "Number"),
                ("Profile:Fields:code:Choices", "a"),
                ("Profile:Fields:code:Labels", "Code"),
                ("Email:Templates:Directory", folder.PathOf("templates")),
                ("Email:Templates:Locale", "de"),
            ]
        );
        Assert.That(program.ExitCode, Is.EqualTo(1));
        var keys = program.ErrorLines.Select(l => l.Split(' ')[1]);
        Assert.That(
            keys,
            Is.EquivalentTo(
                new[]
                {
                    "Auth:Session:Lifetime",
                    "Auth:Session:FreshFor",
                    "Auth:Sesion",
                    "Database:Provider",
                    "App:TrustedProxies:0",
                    "App:TrustedProxies:1",
                    "Email:From",
                    "Email:Smtp:Port",
                    "App:PublicUrl",
                    "Email:Transport",
                    "Auth:AdminEmails:0",
                    "DataProtection:CertificatePath",
                    "ConnectionStrings:Roundtable",
                    "Profile:Fields:company:MaxLenght",
                    "Profile:Fields:level:Type",
                    "Profile:Fields:level:Min",
                    "Profile:Fields:plan",
                    "Profile:Fields:Score",
                    "Profile:Fields:code:Choices",
                    "Profile:Fields:code:Labels",
                    "Email:Templates:Directory/magic-link.de.html.hbs",
                    "Email:Templates:Directory/magic-lnk.text.hbs",
                    "Email:Templates:Locale",
                }
            ),
            program.Errors
        );
    }

    [Test]
    public async Task Start_FailsWithOneLine_WhenPortIsTaken()
    {
        using var folder = new TempFolder();
        using var first = await ServerProcess.ServeAsync(folder.Name);
        using var second = ServerProcess.Start(folder.Name, [("Urls", first.BaseAddress.OriginalString)]);
        var exitCode = await second.WaitForExitAsync(Timeout);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(second.ErrorLines, Has.Count.EqualTo(1), second.Errors);
            Assert.That(second.Errors, Does.StartWith("Configuration: Urls "));
        });
    }

    [Test]
    public async Task Start_FailsWithOneLine_WhenSettingsFileIsInvalidJson()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.PathOf("appsettings.json"), $$"""{ "Auth": "{{Secret}} """);
        using var program = ServerProcess.Start(folder.Name, []);
        var exitCode = await program.WaitForExitAsync(Timeout);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(program.ErrorLines, Has.Count.EqualTo(1), program.Errors);
            Assert.That(program.Errors, Does.Contain("appsettings.json").And.Not.Contain(Secret));
        });
    }

    private static TempFolder NewFolder()
    {
        var folder = new TempFolder();
        File.WriteAllText(folder.PathOf("file-not-folder"), "no database, no folder, but long enough to be neither of them");
        File.WriteAllText(folder.PathOf("empty.txt"), " \n");
        File.WriteAllBytes(folder.PathOf("keys.pfx"), Certificate);
        return folder;
    }

    private static (string, string)[] Provider(string name, string kind)
    {
        var key = $"Auth:External:{name}";
        (string, string)[] settings = [($"{key}:Kind", kind), ($"{key}:ClientId", "roundtable"), ($"{key}:ClientSecret", Secret)];
        return kind == "Oidc" ? [.. settings, ($"{key}:Authority", "https://login.example.com")] : settings;
    }

    private static TestCaseData Case(string key, string value, params (string, string)[] others) =>
        new TestCaseData(key, value, others).SetArgDisplayNames(
            key,
            value.Length == 0 ? "(none)" : value,
            string.Join(' ', others.Select(o => $"{o.Item1}={o.Item2}"))
        );
}
