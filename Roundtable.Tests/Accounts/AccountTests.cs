using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

/// <summary>Tests with an application of their fixture's own, whose clock may be moved forwards: every test makes its own people.</summary>
public abstract class AccountTests
{
    protected TestApp App { get; private set; } = null!;

    [OneTimeSetUp]
    public void StartApp() => App = TestApp.Start();

    [OneTimeTearDown]
    public async Task StopApp() => await App.DisposeAsync();
}
