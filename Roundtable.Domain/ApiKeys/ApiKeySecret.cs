namespace Roundtable.Domain.ApiKeys;

/// <summary>A secret of an API key, as its hash.</summary>
public sealed class ApiKeySecret
{
    internal ApiKeySecret(string apiKeyId, string hash, string setId) => (ApiKeyId, Hash, SetId) = (apiKeyId, hash, setId);

    private ApiKeySecret() { }

    /// <summary>The SHA-256 of the secret, in hex.</summary>
    public string Hash { get; private set; } = null!;

    public string ApiKeyId { get; private set; } = null!;

    /// <summary>An id created with the secret. Ids order events even within a millisecond.</summary>
    public string SetId { get; private set; } = null!;

    /// <summary>When it ends after a rotation; null for the current one, which ends with its key.</summary>
    public DateTime? ExpiresAtUtc { get; private set; }

    internal void ExpireAt(DateTime timeUtc) => ExpiresAtUtc = timeUtc;
}
