using NUnit.Framework.Interfaces;
using Roundtable.Tests;
using Roundtable.Tests.Support;

[assembly: ClockMovesBetweenTests]
// What may not run beside others says so: [NonParallelizable].
[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace Roundtable.Tests;

/// <summary>
/// Moves the shared application's clock on between tests. Ids count within a millisecond, for all applications of the process:
/// one whose clock ran ahead makes that count begin anew, and what is made then would sort before what was there.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ClockMovesBetweenTestsAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) => TestApp.Current.Clock.Advance(TimeSpan.FromMilliseconds(1));

    public void AfterTest(ITest test) { }
}

/// <summary>Starts the shared application once for the whole run, and the publish of the program.</summary>
[SetUpFixture]
public sealed class SharedApp
{
    [OneTimeSetUp]
    public void Start()
    {
        PublishedProgram.BeginWhereThereIsNone();
        TestApp.Current = TestApp.Start();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await TestApp.Current.DisposeAsync();
        await PublishedProgram.EndAsync();
    }
}
