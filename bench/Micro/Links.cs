using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;

namespace Roundtable.Bench.Micro;

/// <summary>The magic link below HTTP; every operation is a transaction that is on the disk at its end.</summary>
public class Links : Benchmark
{
    /// <summary>What a request for a link does, the mail's row in the outbox included.</summary>
    [Benchmark]
    public async Task<Result> Ask()
    {
        await using var scope = Installation.NewScope();
        return await scope
            .ServiceProvider.GetRequiredService<MagicLinkService>()
            .RequestAsync(People.Address(1), null, null, CancellationToken.None);
    }

    /// <summary>The secret alone.</summary>
    [Benchmark]
    public Task<string> Issue() => Installation.IssueLinkAsync(People.Address(2));

    /// <summary>A secret made and used; redeeming is what this takes longer than <see cref="Issue"/>.</summary>
    [Benchmark]
    public async Task<SignedIn> IssueAndRedeem() =>
        await Installation.RedeemLinkAsync(await Installation.IssueLinkAsync(People.Address(3)));
}
