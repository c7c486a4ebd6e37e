using Roundtable.Tests.Support;

namespace Roundtable.Tests.ApiKeys;

/// <summary>The command <c>create-service-account</c> prints the first key of a new account.</summary>
public sealed class ServiceAccountCommandTests
{
    private static readonly string[] Complete =
    [
        "create-service-account",
        "--name",
        "HR sync",
        "--contact-email",
        "ops@example.com",
        "--role",
        "admin",
        "--scopes",
        "users:list,users:read",
    ];

    [Test]
    public async Task Command_PrintsTheKeyAlone()
    {
        using var folder = new TempFolder();
        var run = await RunAsync(folder, [.. Complete, "--expires-in-days", "7"]);
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(run.OutputLines[^1], Does.Match("^rt_svc_[0-9A-Za-z]{49}$"));
    }

    [TestCase("--contact-email", "nobody", "contactEmail")]
    [TestCase("--role", "nothing", "nothing")]
    [TestCase("--role", ",", "--role")]
    [TestCase("--scopes", "users:fly", "users:fly")]
    [TestCase("--scopes", ",", "--scopes")]
    [TestCase("--expires-in-days", "400", "365")]
    [TestCase("--expires-in-days", "soon", "--expires-in-days")]
    public async Task Command_RejectsBadValues(string option, string value, string named)
    {
        using var folder = new TempFolder();
        var run = await RunAsync(folder, [.. Complete, option, value]);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
        Assert.That(run.Errors, Does.Contain(named));
        Assert.That(run.Output, Does.Not.Contain("rt_svc_"));
    }

    private static Task<ProgramRun> RunAsync(TempFolder folder, string[] arguments) =>
        ProgramRun.RunAsync(folder.Name, [("ConnectionStrings:Roundtable", $"Data Source={folder.PathOf("keys.db")}")], arguments);
}
