using BenchmarkDotNet.Attributes;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;

namespace Roundtable.Bench.Micro;

/// <summary>The session check at the start of every request under <c>/api</c>.</summary>
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
