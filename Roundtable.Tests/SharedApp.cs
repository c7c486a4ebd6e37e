using NUnit.Framework.Interfaces;
using Roundtable.Tests;
using Roundtable.Tests.Support;

[assembly: ClockMovesBetweenTests]
// Fixtures that must not run in parallel are marked [NonParallelizable].
[assembly: Parallelizable(ParallelScope.Fixtures)]

namespace Roundtable.Tests;

/// <summary>
/// Advances the shared application's clock between tests. IDs count within a millisecond, for all applications in the process: one
/// whose clock is ahead restarts the count, and new IDs would sort before existing ones.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ClockMovesBetweenTestsAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) => TestApp.Current.Clock.Advance(TimeSpan.FromMilliseconds(1));

    public void AfterTest(ITest test) { }
}

/// <summary>Starts the shared application and the publish of the program once per run.</summary>
[SetUpFixture]
public sealed class SharedApp
{
    [OneTimeSetUp]
    public void Start()
    {
        PublishedProgram.PublishIfMissing();
        try
        {
            TestApp.Current = TestApp.Start();
        }
        catch (AggregateException e)
            when (e.InnerExceptions.All(i => i.Message.Contains("Unable to resolve service", StringComparison.Ordinal)))
        {
            Assert.Fail(
                "Register these services in PersistenceRegistration.AddRepositories, or put [ScopedService] on their class:\n"
                    + string.Join('\n', e.InnerExceptions.Select(i => i.InnerException?.Message ?? i.Message).Distinct())
            );
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await TestApp.Current.DisposeAsync();
        await PublishedProgram.EndAsync();
    }
}
