using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.SignIn;

namespace Roundtable.Bench.Micro;

/// <summary>The magic link below HTTP; every operation is a transaction that is on disk when it ends.</summary>
public class Links : Benchmark
{
    /// <summary>What a request for a link does, including the mail's row in the outbox.</summary>
    [Benchmark]
    public async Task<Result<string>> Ask()
    {
        await using var scope = Installation.NewScope();
        return await scope
            .ServiceProvider.GetRequiredService<MagicLinkService>()
            .RequestAsync(People.Address(1), new MagicLinkRequestData(null, null, null, null), CancellationToken.None);
    }

    /// <summary>Issues the secret only.</summary>
    [Benchmark]
    public Task<string> Issue() => Installation.IssueLinkAsync(People.Address(2));

    /// <summary>Issues and redeems a secret; the difference to <see cref="Issue"/> is the redeeming.</summary>
    [Benchmark]
    public async Task<SignedIn> IssueAndRedeem() =>
        await Installation.RedeemLinkAsync(await Installation.IssueLinkAsync(People.Address(3)));
}
