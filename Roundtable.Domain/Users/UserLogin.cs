using Microsoft.AspNetCore.Identity;

namespace Roundtable.Domain.Users;

/// <summary>
/// An external login: Identity's pair of provider and the provider's id of the user, with what is known about it. The provider's id
/// identifies the account; its address never does.
/// </summary>
public sealed class UserLogin : IdentityUserLogin<string>
{
    /// <summary>The maximum length of the provider's id of a user.</summary>
    public const int SubjectMaxLength = 256;

    /// <summary>The maximum length of a provider's name, as in Identity's schema.</summary>
    public const int ProviderMaxLength = 128;

    /// <summary>The maximum length of an issuer.</summary>
    public const int IssuerMaxLength = 300;

    /// <summary>
    /// Whether the text can be a provider's id of a user. SQL Server ignores trailing blanks in comparisons.
    /// </summary>
    public static bool IsSubject(string text) =>
        text.Length is > 0 and <= SubjectMaxLength && text == text.Trim() && !text.Any(char.IsControl);

    /// <summary>Who vouches for the subject. Null until the first sign-in with an imported login.</summary>
    public string? Issuer { get; private set; }

    /// <summary>The address that the provider last named, for display.</summary>
    public string? Email { get; private set; }

    /// <summary>Null for logins of versions that did not record it.</summary>
    public DateTime? LinkedAtUtc { get; private set; }

    public DateTime? LastUsedAtUtc { get; private set; }

    /// <summary>An id created when the login was connected; null for logins of versions that did not record it.</summary>
    public string? LinkedId { get; private set; }

    /// <param name="linkedId">An id created now.</param>
    public static UserLogin Connect(
        string userId,
        string provider,
        string subject,
        string? displayName,
        string linkedId,
        DateTime nowUtc
    ) =>
        new()
        {
            UserId = userId,
            LoginProvider = provider,
            ProviderKey = subject,
            ProviderDisplayName = displayName,
            LinkedId = linkedId,
            LinkedAtUtc = nowUtc,
        };

    /// <summary>Records what the provider says about the login.</summary>
    public void Describe(string issuer, string? email, string displayName) =>
        (Issuer, Email, ProviderDisplayName) = (issuer, email, displayName);

    public void Use(DateTime nowUtc) => LastUsedAtUtc = nowUtc;
}
