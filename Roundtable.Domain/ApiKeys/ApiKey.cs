using Roundtable.Domain.Common;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Users;

namespace Roundtable.Domain.ApiKeys;

/// <summary>A credential of programs. It belongs to a user or to a service account, whose rights it has within its scopes.</summary>
public sealed class ApiKey
{
    public const int NameMaxLength = 100;
    public const int ScopesMaxLength = 2000;
    public const int NetworksMaxLength = 1000;

    /// <summary>How long before the expiry the first and the last notice are mailed.</summary>
    public static readonly TimeSpan FirstNoticeBefore = TimeSpan.FromDays(14);
    public static readonly TimeSpan LastNoticeBefore = TimeSpan.FromDays(3);

    private readonly List<ApiKeySecret> secrets = [];

    private ApiKey() { }

    public string Id { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    /// <summary>The owner; null if a service account owns it.</summary>
    public string? UserId { get; private set; }

    public User? User { get; private set; }

    /// <summary>The owner; null if a user owns it.</summary>
    public string? ServiceAccountId { get; private set; }

    public ServiceAccount? ServiceAccount { get; private set; }

    /// <summary>The user who created it; null if a command did, or if that account was deleted.</summary>
    public string? CreatedById { get; private set; }

    public User? CreatedBy { get; private set; }

    /// <summary>The scopes, sorted and separated by blanks.</summary>
    public string ScopeList { get; private set; } = "";

    /// <summary>The networks that it may be used from, in CIDR notation, separated by blanks; empty for all.</summary>
    public string NetworkList { get; private set; } = "";

    /// <summary>The first characters of the current secret.</summary>
    public string Prefix { get; private set; } = null!;

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime ExpiresAtUtc { get; private set; }

    public DateTime? RevokedAtUtc { get; private set; }

    public DateTime? LastUsedAtUtc { get; private set; }

    public string? LastUsedIp { get; private set; }

    /// <summary>The last notice of the expiry.</summary>
    public ApiKeyExpiryStage ExpiryStage { get; private set; }

    /// <summary>The change counter: entity tag and optimistic concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>The current secret, and for a while after a rotation the one before it.</summary>
    public IReadOnlyCollection<ApiKeySecret> Secrets => secrets;

    /// <summary>The id of the current secret; null if the key was revoked.</summary>
    public string? SecretId => secrets.Find(s => s.ExpiresAtUtc is null)?.SetId;

    public IReadOnlyList<string> Scopes => ScopeList.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> Networks => NetworkList.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static ApiKey CreateFor(User user, NewApiKey wanted, DateTime nowUtc)
    {
        var key = Create(wanted, nowUtc);
        (key.UserId, key.User) = (user.Id, user);
        return key;
    }

    public static ApiKey CreateFor(ServiceAccount account, NewApiKey wanted, DateTime nowUtc)
    {
        var key = Create(wanted, nowUtc);
        (key.ServiceAccountId, key.ServiceAccount) = (account.Id, account);
        return key;
    }

    public bool IsLive(DateTime nowUtc) => RevokedAtUtc is null && ExpiresAtUtc > nowUtc;

    /// <summary>Whether a secret with this hash is valid.</summary>
    public bool Accepts(string hash, DateTime nowUtc) =>
        secrets.Exists(s => s.Hash == hash && (s.ExpiresAtUtc is null || s.ExpiresAtUtc > nowUtc));

    public void Change(string name, IEnumerable<string> scopes, IEnumerable<string> networks)
    {
        Name = name;
        ScopeList = string.Join(' ', scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        NetworkList = string.Join(' ', networks.Distinct(StringComparer.Ordinal));
        Version++;
    }

    /// <summary>Sets a new secret. The current one stays valid until the given time; one from an earlier rotation ends.</summary>
    /// <param name="expiresAtUtc">When the key expires from now on.</param>
    public void Rotate(string hash, string prefix, DateTime currentUntilUtc, DateTime expiresAtUtc, DateTime nowUtc)
    {
        secrets.RemoveAll(s => s.ExpiresAtUtc is not null || currentUntilUtc <= nowUtc);
        secrets.ForEach(s => s.ExpireAt(currentUntilUtc));
        secrets.Add(new ApiKeySecret(Id, hash, EntityId.New(nowUtc)));
        Prefix = prefix;
        ExpiryStage = expiresAtUtc == ExpiresAtUtc ? ExpiryStage : StageFor(expiresAtUtc - nowUtc);
        ExpiresAtUtc = expiresAtUtc;
        Version++;
    }

    /// <summary>Records the last notice.</summary>
    public void Reach(ApiKeyExpiryStage stage)
    {
        ExpiryStage = stage;
        Version++;
    }

    /// <summary>Ends the key with all its secrets.</summary>
    public void Revoke(DateTime nowUtc)
    {
        RevokedAtUtc = nowUtc;
        secrets.Clear();
        Version++;
    }

    // Of a key that is valid for a week, the notice two weeks before would say nothing new.
    private static ApiKeyExpiryStage StageFor(TimeSpan lifetime) =>
        lifetime <= LastNoticeBefore ? ApiKeyExpiryStage.LastNotice
        : lifetime <= FirstNoticeBefore ? ApiKeyExpiryStage.FirstNotice
        : ApiKeyExpiryStage.None;

    private static ApiKey Create(NewApiKey wanted, DateTime nowUtc)
    {
        var key = new ApiKey
        {
            Id = EntityId.New(nowUtc),
            CreatedById = wanted.CreatedById,
            Prefix = wanted.Prefix,
            CreatedAtUtc = nowUtc,
            ExpiresAtUtc = wanted.ExpiresAtUtc,
            ExpiryStage = StageFor(wanted.ExpiresAtUtc - nowUtc),
        };
        key.Change(wanted.Name, wanted.Scopes, wanted.Networks);
        key.secrets.Add(new ApiKeySecret(key.Id, wanted.Hash, EntityId.New(nowUtc)));
        return key;
    }
}

/// <summary>A key to create.</summary>
/// <param name="Hash">The hash of its secret.</param>
/// <param name="Prefix">The first characters of its secret.</param>
/// <param name="CreatedById">The user who creates it; null for a command.</param>
public sealed record NewApiKey(
    string Name,
    IReadOnlyCollection<string> Scopes,
    IReadOnlyCollection<string> Networks,
    DateTime ExpiresAtUtc,
    string Hash,
    string Prefix,
    string? CreatedById
);

/// <summary>The notices of a key's expiry, in order.</summary>
public enum ApiKeyExpiryStage
{
    None,
    FirstNotice,
    LastNotice,
    Expired,
}
