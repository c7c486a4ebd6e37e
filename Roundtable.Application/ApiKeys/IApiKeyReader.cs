using Roundtable.Application.Common;

namespace Roundtable.Application.ApiKeys;

/// <summary>Reads the API key at the start of every request with one.</summary>
public interface IApiKeyReader
{
    /// <summary>
    /// Finds the live key with a secret, with everything that a request needs, in one query; null if there is none or its owner has no
    /// access. Reads the latest committed data.
    /// </summary>
    Task<ApiKeyCaller?> FindAsync(CallerCredential credential, DateTime nowUtc, CancellationToken ct);
}
