using System.Reflection;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>
/// A mistyped setting name at any level and in any source stops the start; in the environment, only names in the product's sections.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class SettingNameTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly string[] Names =
    [
        "Ap:PublicUrl",
        "Databse:Provider",
        "Emial:From",
        "Auht:AdminEmails:0",
        "Url",
        "Nonsense",
        "App:PublicUrll",
        "Auth:Session:Lifetim",
        "Auth:Sesion:Lifetime",
        "App:PublicUrl:Foo",
        "Auth:Session:Lifetime:Foo",
        "Auth:AdminEmails:0:Foo",
        "App:TrustedOrigins:first",
        "ConnectionStrings:Roundtabel",
        "AutoMapper:Licence",
        "Kestrel:Endpoint:Http:Url",
        "Logging:Fiel:Path",
        "Logging:File:Pth",
        "Serilog:MinimumLevl",
        "Otlp:Endpont",
        "Webhooks:AllowInsecure",
        "Cleanup:Intervall",
        "Profile:Field:x:Type",
        "RateLimiting:Api:Permit",
    ];

    [Test]
    public async Task UnknownSettings_InAFile_AreReported()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.PathOf("appsettings.json"),
            $$"""{ {{string.Join(", ", Names.Select(n => $"\"{n}\": \"x\""))}}, "Email": "x" }"""
        );
        using var program = ServerProcess.Start(folder.Name, []);
        Assert.That(await program.WaitForExitAsync(Timeout), Is.EqualTo(1));
        var named = program.ErrorLines.Select(l => l.Split(' ')[1]).ToHashSet();
        // For a name with an unknown prefix, the error names the prefix; for a list, the list.
        Assert.That(
            Names.Append("Email").Where(n => !named.Any(p => n == p || n.StartsWith($"{p}:", StringComparison.Ordinal))),
            Is.Empty,
            program.Errors
        );
    }

    [Test]
    public async Task UnknownSettings_InTheEnvironment_AreReported_InKnownSectionsOnly()
    {
        using var folder = new TempFolder();
        var ours = Names.Where(n => n.Contains(':') && n.Split(':')[0] is not ("Ap" or "Databse" or "Emial" or "Auht")).ToList();
        using var program = ServerProcess.Start(folder.Name, [.. Names.Select(n => (n, "x")), ("EMAIL", "me@example.com"), ("APP", "x")]);
        Assert.That(await program.WaitForExitAsync(Timeout), Is.EqualTo(1));
        var named = program.ErrorLines.Select(l => l.Split(' ')[1]).ToHashSet();
        Assert.That(ours.Where(n => !named.Any(p => n == p || n.StartsWith($"{p}:", StringComparison.Ordinal))), Is.Empty, program.Errors);
        Assert.That(named.Select(n => n.Split(':')[0]).Distinct(), Is.SubsetOf(ours.Select(n => n.Split(':')[0]).Distinct()));
        Assert.That(named, Does.Not.Contain("App").And.Not.Contain("Email"));
    }

    [TestCase("--Ap:PublicUrl=x", 2)]
    [TestCase("--Nonsense=x", 2)]
    [TestCase("--App:PublicUrll=x", 1)]
    [TestCase("--Auth:Session:Lifetime:Foo=x", 1)]
    [TestCase("--ConnectionStrings:Roundtabel=x", 1)]
    public async Task UnknownSettings_OnTheCommandLine_AreReported(string argument, int exitCode)
    {
        using var folder = new TempFolder();
        using var program = ServerProcess.Start(folder.Name, [], argument);
        Assert.That(await program.WaitForExitAsync(Timeout), Is.EqualTo(exitCode));
        Assert.That(program.Errors, Does.Contain(argument[2..argument.IndexOf('=')]));
    }

    // Checks every section with an options class, so that new sections cannot be omitted.
    [Test]
    public void EverySection_IsKnown()
    {
        var sections = new[]
        {
            typeof(Program).Assembly,
            typeof(Infrastructure.DependencyInjection).Assembly,
            typeof(Application.DependencyInjection).Assembly,
        }
            .SelectMany(a => a.GetTypes())
            .Select(t => t.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string)
            .OfType<string>();
        Assert.That(sections.Where(s => !Roundtable.Api.Startup.SettingNames.IsSection(s.Split(':')[0])), Is.Empty);
    }
}
