using Roundtable.Api.Startup;

namespace Roundtable.Tests.Processes;

/// <summary>Runtimes below the patch level that fixed known vulnerabilities are rejected.</summary>
[Category("threat-27")]
public sealed class RuntimeGuardTests
{
    [TestCase("9.0.99")]
    [TestCase("10.0.0")]
    [TestCase("10.0.6")]
    public void Check_ReportsTheOldestSupportedRuntime_WhenRuntimeIsOlder(string version) =>
        Assert.That(RuntimeGuard.Check(Version.Parse(version)), Does.Contain("10.0.7"));

    [TestCase("10.0.7")]
    [TestCase("10.0.12")]
    [TestCase("11.0.0")]
    public void Check_Passes_WhenRuntimeIsPatched(string version) => Assert.That(RuntimeGuard.Check(Version.Parse(version)), Is.Null);

    [Test]
    public void Check_Passes_OnTheCurrentRuntime() => Assert.That(RuntimeGuard.Check(Environment.Version), Is.Null);
}
