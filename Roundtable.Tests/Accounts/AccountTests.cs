using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

/// <summary>Tests with one application per fixture, whose clock may be moved forwards; each test creates its own users.</summary>
public abstract class AccountTests
{
    protected TestApp App { get; private set; } = null!;

    [OneTimeSetUp]
    public void StartApp() => App = TestApp.Start();

    [OneTimeTearDown]
    public async Task StopApp() => await App.DisposeAsync();
}
