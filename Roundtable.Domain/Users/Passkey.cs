using Roundtable.Domain.Common;

namespace Roundtable.Domain.Users;

/// <summary>A WebAuthn credential: the public key and the data needed to verify the next assertion.</summary>
public sealed class Passkey
{
    public const int NameMaxLength = 100;
    public const int TransportsMaxLength = 200;

    private Passkey() { }

    public string Id { get; private set; } = null!;

    public string UserId { get; private set; } = null!;

    /// <summary>The authenticator's credential id, base64url.</summary>
    public string CredentialId { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    public byte[] PublicKey { get; private set; } = null!;

    public long SignCount { get; private set; }

    /// <summary>Comma-separated transports as the browser reported them, such as <c>internal,hybrid</c>.</summary>
    public string Transports { get; private set; } = "";

    public bool IsUserVerified { get; private set; }

    public bool IsBackupEligible { get; private set; }

    public bool IsBackedUp { get; private set; }

    public byte[] AttestationObject { get; private set; } = [];

    public byte[] ClientDataJson { get; private set; } = [];

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime? LastUsedAtUtc { get; private set; }

    public static Passkey Create(string userId, string credentialId, string name, PasskeyMaterial material, DateTime nowUtc) =>
        new()
        {
            Id = EntityId.New(nowUtc),
            UserId = userId,
            CredentialId = credentialId,
            Name = name,
            PublicKey = material.PublicKey,
            SignCount = material.SignCount,
            Transports = material.Transports,
            IsUserVerified = material.IsUserVerified,
            IsBackupEligible = material.IsBackupEligible,
            IsBackedUp = material.IsBackedUp,
            AttestationObject = material.AttestationObject,
            ClientDataJson = material.ClientDataJson,
            CreatedAtUtc = nowUtc,
        };

    public void Rename(string name) => Name = name;

    public void Used(long signCount, bool backedUp, bool userVerified, DateTime nowUtc) =>
        (SignCount, IsBackedUp, IsUserVerified, LastUsedAtUtc) = (signCount, backedUp, userVerified, nowUtc);
}

/// <summary>The data about a new passkey from its attestation.</summary>
public sealed record PasskeyMaterial(
    byte[] PublicKey,
    long SignCount,
    string Transports,
    bool IsUserVerified,
    bool IsBackupEligible,
    bool IsBackedUp,
    byte[] AttestationObject,
    byte[] ClientDataJson
);
