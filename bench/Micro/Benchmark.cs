using BenchmarkDotNet.Attributes;

namespace Roundtable.Bench.Micro;

/// <summary>An installation with a hundred accounts, the last of which has just signed in.</summary>
public abstract class Benchmark
{
    private const int Accounts = 100;

    internal Installation Installation { get; private set; } = null!;

    internal Application.SignIn.SignedIn SignedIn { get; private set; } = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        Installation = new Installation();
        await Installation.MigrateAsync();
        for (var number = 1; number <= Accounts; number++)
        {
            SignedIn = await Installation.RedeemLinkAsync(await Installation.IssueLinkAsync(People.Address(number)));
        }
    }

    [GlobalCleanup]
    public void CleanUp() => Installation.Dispose();
}
