using Roundtable.Application.Common;

namespace Roundtable.Application.ApiKeys;

/// <summary>Stores when keys were last used.</summary>
[ScopedService]
public sealed class ApiKeyUsage(IApiKeyRepository keys, IUnitOfWork unitOfWork)
{
    /// <summary>Records a use, unless one after <paramref name="unlessSinceUtc"/> is recorded.</summary>
    public Task WriteAsync(string id, string? ipAddress, DateTime atUtc, DateTime unlessSinceUtc, CancellationToken ct) =>
        unitOfWork.ExecuteStatementAsync(ct => keys.UseAsync(id, ipAddress, atUtc, unlessSinceUtc, ct), ct);
}
