namespace Roundtable.Application.ExternalLogins;

/// <summary>A user as an external provider has authenticated them.</summary>
/// <param name="Provider">The provider's name in the settings.</param>
/// <param name="DisplayName">The provider's name for users.</param>
/// <param name="Issuer">Who vouches for the subject.</param>
/// <param name="Subject">The issuer's id of the user. Only issuer and subject identify the user.</param>
/// <param name="Email">The address that the provider names; null if none.</param>
/// <param name="Name">The name that the provider gives; null if none.</param>
/// <param name="IsAuthoritative">Whether the provider is an authority for this mailbox, and has verified it.</param>
public sealed record ExternalIdentity(
    string Provider,
    string DisplayName,
    string Issuer,
    string Subject,
    string? Email,
    string? Name,
    bool IsAuthoritative
)
{
    /// <summary>Hides the person.</summary>
    public override string ToString() => Provider;
}
