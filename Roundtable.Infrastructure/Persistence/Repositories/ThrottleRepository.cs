using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Operations;
using Roundtable.Domain.Throttling;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>Counts attempts in rows keyed by a hash, so that the table does not list addresses.</summary>
internal sealed class ThrottleRepository(RoundtableDbContext db, IUnitOfWork unitOfWork, RoundtableMetrics metrics, TimeProvider clock)
    : IThrottle
{
    public async Task<bool> TryHitAsync(string kind, string subject, int limit, TimeSpan window, CancellationToken ct)
    {
        var allowed = false;
        var counted = await unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var hash = Hash(subject);
                var key = $"{kind}:{hash}";
                var throttle = await CompiledQueries<Queries>.Of(db).ByKey(db, key, ct);
                if (throttle is null)
                {
                    throttle = Throttle.For(key, hash);
                    db.Throttles.Add(throttle);
                }

                allowed = throttle.TryHit(limit, window, clock.GetUtcNow().UtcDateTime);
                return Result.Success;
            },
            ct
        );

        // An attempt that could not be counted is refused.
        var passes = allowed && !counted.Failed;
        if (!passes)
        {
            metrics.Refusal(kind);
        }

        return passes;
    }

    public async Task<DateTime> NextHitAsync(string kind, string subject, int limit, TimeSpan window, CancellationToken ct)
    {
        var key = $"{kind}:{Hash(subject)}";
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Throttles.AsNoTracking().FirstOrDefaultAsync(t => t.Key == key, ct) is { } throttle
            ? throttle.NextHit(limit, window, now)
            : now;
    }

    public Task ClearAsync(string subject, CancellationToken ct)
    {
        var hash = Hash(subject);
        return db.Throttles.Where(t => t.Subject == hash).ExecuteDeleteAsync(ct);
    }

    private static string Hash(string subject) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));

    private sealed class Queries
    {
        public Func<RoundtableDbContext, string, CancellationToken, Task<Throttle?>> ByKey { get; } =
            EF.CompileAsyncQuery(
                (RoundtableDbContext db, string key, CancellationToken ct) => db.Throttles.FirstOrDefault(t => t.Key == key)
            );
    }
}
