using Roundtable.Tests.Support;

namespace Roundtable.Tests;

/// <summary>Starts the shared application once for the whole run.</summary>
[SetUpFixture]
public sealed class SharedApp
{
    [OneTimeSetUp]
    public void Start() => TestApp.Current = TestApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await TestApp.Current.DisposeAsync();
}
