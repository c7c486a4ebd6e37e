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
    /// <summary>Returns null without an issuer or a subject.</summary>
    public static ExternalIdentity? Of(ClaimsPrincipal? principal, string name, ExternalProviderSettings provider)
    {
        if (
            principal is null
            || ValueOf(principal, JwtRegisteredClaimNames.Iss) is not { Length: > 0 and <= UserLogin.IssuerMaxLength } issuer
            || ValueOf(principal, JwtRegisteredClaimNames.Sub) is not { Length: > 0 and <= UserLogin.SubjectMaxLength } subject
        )
        {
            return null;
        }

        var email = EmailAddress.TryParse(ValueOf(principal, JwtRegisteredClaimNames.Email), out var parsed) ? parsed : null;
        var person = ValueOf(principal, JwtRegisteredClaimNames.Name) is { } given && ProfileRules.Name(given) is null ? given : null;
        return new ExternalIdentity(
            name,
            provider.NameFor(name),
            issuer,
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
            ExternalProviderKind.Google => IsTrue(principal, ExternalSchemes.EmailVerified)
                && (IsDomain(domain, "gmail.com") || IsDomain(domain, ValueOf(principal, "hd"))),
            ExternalProviderKind.Microsoft => IsTrue(principal, "xms_edov"),
            ExternalProviderKind.Oidc => provider.TrustEmail && IsTrue(principal, ExternalSchemes.EmailVerified),
            _ => false,
        };
    }

    private static bool IsDomain(string domain, string? other) => domain.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(ClaimsPrincipal principal, string claim) =>
        ValueOf(principal, claim) is { } value && (value.Equals("true", StringComparison.OrdinalIgnoreCase) || value == "1");

    // The token's claims come before those of the user-info endpoint.
    private static string? ValueOf(ClaimsPrincipal principal, string claim) => principal.FindFirst(claim)?.Value;
}
