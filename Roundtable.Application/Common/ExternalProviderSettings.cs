namespace Roundtable.Application.Common;

/// <summary>An external provider.</summary>
public sealed class ExternalProviderSettings
{
    /// <summary>
    /// The kind: <c>Google</c>, <c>Microsoft</c>, <c>GitHub</c> or <c>Oidc</c>, any OpenID Connect provider. Default: <c>Oidc</c>.
    /// </summary>
    public ExternalProviderKind Kind { get; set; } = ExternalProviderKind.Oidc;

    /// <summary>The client id that the provider has issued. Default: none; required.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client secret that the provider has issued. Default: none; required.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>
    /// The provider's name for users. Default: that of the kind or, for <c>Oidc</c>, the provider's name in the settings.
    /// </summary>
    public string? DisplayName { get; set; }

    /// <summary><c>Oidc</c>: the https address of the issuer, on loopback too. Default: none; required there.</summary>
    public string? Authority { get; set; }

    /// <summary>The requested scopes, separated by spaces. Default: those that the kind needs for the user's id and address.</summary>
    public string? Scopes { get; set; }

    /// <summary>
    /// <c>Microsoft</c>: the tenant's id or domain, <c>common</c>, <c>organizations</c> or <c>consumers</c>. Default: <c>common</c>.
    /// </summary>
    public string? Tenant { get; set; }

    /// <summary>
    /// <c>Oidc</c>: whether the provider is an authority for every mailbox that it calls verified, so that it can connect existing accounts
    /// by itself. Default: false.
    /// </summary>
    public bool TrustEmail { get; set; }

    /// <summary>Whether an unknown user gets an account. Default: the value of <c>Auth:MagicLink:AllowSignUp</c>.</summary>
    public bool? AllowSignUp { get; set; }

    /// <summary>Returns the name to show to users.</summary>
    public string NameFor(string provider) =>
        string.IsNullOrWhiteSpace(DisplayName)
            ? Kind == ExternalProviderKind.Oidc
                ? provider
                : Kind.ToString()
            : DisplayName;
}

/// <summary>The kinds of external providers.</summary>
public enum ExternalProviderKind
{
    Google,
    Microsoft,
    GitHub,
    Oidc,
}
