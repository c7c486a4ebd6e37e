using System.Security.Cryptography;

namespace Roundtable.Domain.Users;

/// <summary>A user's uploaded picture.</summary>
public sealed class UserPicture
{
    public const int MediaTypeMaxLength = 16;
    public const int VersionLength = 32;

    private UserPicture() { }

    public string UserId { get; private set; } = null!;

    public string MediaType { get; private set; } = null!;

    public byte[] Content { get; private set; } = null!;

    public DateTime ChangedAtUtc { get; private set; }

    public static UserPicture Create(string userId, string mediaType, byte[] content, DateTime nowUtc) =>
        new()
        {
            UserId = userId,
            MediaType = mediaType,
            Content = content,
            ChangedAtUtc = nowUtc,
        };

    /// <summary>Identifies the content: half of its SHA-256, in hex.</summary>
    public string GetVersion() => Convert.ToHexStringLower(SHA256.HashData(Content))[..VersionLength];
}
