using BenchmarkDotNet.Attributes;
using Roundtable.Application.Sessions;

namespace Roundtable.Bench.Micro;

/// <summary>What every request under <c>/api</c> begins with.</summary>
public class SessionCheck : Benchmark
{
    [Benchmark]
    public string Hash() => SessionSecret.Hash(SignedIn.Session.Secret);

    [Benchmark]
    public Task<CurrentSession?> Find() =>
        Installation
            .Get<ICurrentSessions>()
            .FindAsync(SessionSecret.Hash(SignedIn.Session.Secret), DateTime.UtcNow, CancellationToken.None);
}
