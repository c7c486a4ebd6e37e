using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Roundtable.Application.Common;
using Roundtable.Application.ExternalLogins;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.ExternalLogins;

/// <summary>Reads an identity from a provider's claims.</summary>
internal static class ExternalIdentities
{
    // Google's tokens name themselves in two ways.
    private const string GoogleIssuer = "accounts.google.com";

    /// <summary>Returns null without an issuer or a subject.</summary>
    public static ExternalIdentity? Of(ClaimsPrincipal? principal, string name, ExternalProviderSettings provider)
    {
        if (
            principal is null
            || ValueOf(principal, JwtRegisteredClaimNames.Iss) is not { Length: > 0 and <= UserLogin.IssuerMaxLength } issuer
            || ValueOf(principal, JwtRegisteredClaimNames.Sub) is not { } subject
            || !UserLogin.IsSubject(subject)
        )
        {
            return null;
        }

        var address = ValueOf(principal, ExternalSchemes.Email) ?? ValueOf(principal, ExternalSchemes.UserInfoEmail);
        var email = EmailAddress.TryParse(address, out var parsed) ? parsed : null;
        var person = ValueOf(principal, JwtRegisteredClaimNames.Name) is { } given && ProfileRules.Name(given) is null ? given : null;
        return new ExternalIdentity(
            name,
            provider.NameFor(name),
            issuer == GoogleIssuer ? $"https://{issuer}" : issuer,
            subject,
            email?.Value,
            person,
            email is not null && IsAuthoritative(principal, email, provider)
        );
    }

    // Providers name any address that a user has typed. Only the operator of the mailbox, or a provider whom the settings trust, counts.
    private static bool IsAuthoritative(ClaimsPrincipal principal, EmailAddress email, ExternalProviderSettings provider)
    {
        var domain = email.Value[(email.Value.LastIndexOf('@') + 1)..];
        return provider.Kind switch
        {
            ExternalProviderKind.Google => IsVerified(principal)
                && (IsDomain(domain, "gmail.com") || IsDomain(domain, ValueOf(principal, "hd"))),
            ExternalProviderKind.Microsoft => IsTrue(principal, "xms_edov"),
            ExternalProviderKind.Oidc => provider.TrustEmail && IsVerified(principal),
            _ => false,
        };
    }

    private static bool IsDomain(string domain, string? other) => domain.Equals(other, StringComparison.OrdinalIgnoreCase);

    // Of the source that names the address.
    private static bool IsVerified(ClaimsPrincipal principal) =>
        IsTrue(
            principal,
            ValueOf(principal, ExternalSchemes.Email) is null ? ExternalSchemes.UserInfoEmailVerified : ExternalSchemes.EmailVerified
        );

    private static bool IsTrue(ClaimsPrincipal principal, string claim) =>
        ValueOf(principal, claim) is { } value && (value.Equals("true", StringComparison.OrdinalIgnoreCase) || value == "1");

    private static string? ValueOf(ClaimsPrincipal principal, string claim) => principal.FindFirst(claim)?.Value;
}
