using Roundtable.Application.Common;

namespace Roundtable.Api.SignIn;

/// <summary>The ways to sign in that a server offers.</summary>
/// <param name="MagicLink">By mail.</param>
/// <param name="Password">With a password; null if that is disabled.</param>
/// <param name="Passkey">Whether with a passkey.</param>
/// <param name="External">With external providers, in the order of their names.</param>
/// <param name="DevelopmentMailbox">Whether the dashboard shows the mails that this server sends, instead of delivering them.</param>
public sealed record AuthMethods(
    AuthMethod MagicLink,
    AuthMethod? Password,
    bool Passkey,
    IReadOnlyList<ExternalMethod> External,
    bool DevelopmentMailbox
)
{
    internal static AuthMethods Of(AuthOptions auth, bool developmentMailbox) =>
        new(
            new AuthMethod(auth.MagicLink.AllowSignUp),
            auth.Password.Enabled ? new AuthMethod(SignUp: true) : null,
            Passkey: true,
            [
                .. auth
                    .External.OrderBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => new ExternalMethod(p.Key, p.Value.NameFor(p.Key), p.Value.Kind)),
            ],
            developmentMailbox
        );
}

/// <summary>A way to sign in.</summary>
/// <param name="SignUp">Whether it also creates accounts.</param>
public sealed record AuthMethod(bool SignUp);

/// <summary>An external provider.</summary>
/// <param name="Name">The provider's name in paths.</param>
/// <param name="DisplayName">The provider's name for users.</param>
/// <param name="Kind">The kind of the provider, for its logo.</param>
public sealed record ExternalMethod(string Name, string DisplayName, ExternalProviderKind Kind);
