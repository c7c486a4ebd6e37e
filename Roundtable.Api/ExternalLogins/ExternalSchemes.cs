using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Roundtable.Application.Common;
using Roundtable.Application.ExternalLogins;

namespace Roundtable.Api.ExternalLogins;

/// <summary>
/// Registers the framework's handlers, one scheme per configured provider: OpenID Connect, and OAuth for GitHub. Code flow with PKCE; state
/// and nonce are bound to the browser and the provider. Discovery happens at first use and is tried again.
/// </summary>
internal static class ExternalSchemes
{
    /// <summary>The name of the HTTP client for requests to providers.</summary>
    public const string HttpClient = "external-providers";

    public const string Email = "email";
    public const string EmailVerified = "email_verified";

    // Of the user-info endpoint: an address and whether it is verified belong together.
    public const string UserInfoEmail = "userinfo:email";
    public const string UserInfoEmailVerified = "userinfo:email_verified";

    private const string GitHubIssuer = "https://github.com";
    private const string TenantPlaceholder = "{tenantid}";

    // Of one request to a provider; ProviderTimeLimit limits them together.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan KeyRefreshInterval = TimeSpan.FromSeconds(10);

    private const int MaxResponseBytes = 512 * 1024;

    private const string Prefix = "external:";

    public static string SchemeOf(string provider) => $"{Prefix}{provider}";

    public static bool IsExternal(string scheme) => scheme.StartsWith(Prefix, StringComparison.Ordinal);

    public static string CallbackPath(string provider) => $"/api/v1/auth/external/{provider}/callback";

    public static AuthenticationBuilder AddExternalProviders(this AuthenticationBuilder builder, AuthOptions auth, bool secureCookies)
    {
        // A token with a new key waits until the keys are read again, instead of failing. Always, as the library reads it only once.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        if (auth.External.Count == 0)
        {
            return builder;
        }

        builder
            .Services.AddHttpClient(HttpClient, http => (http.Timeout, http.MaxResponseContentBufferSize) = (Timeout, MaxResponseBytes))
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }
            )
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        builder.Services.AddScoped<ExternalCallback>();
        builder.Services.AddSingleton<IAuthenticationSchemeProvider, ExternalSchemeProvider>();
        foreach (var (name, provider) in auth.External)
        {
            if (provider.Kind == ExternalProviderKind.GitHub)
            {
                builder.AddOAuth(SchemeOf(name), provider.NameFor(name), o => ConfigureGitHub(o, name, provider, secureCookies));
                Use<OAuthOptions>(builder.Services, name);
            }
            else
            {
                builder.AddOpenIdConnect(SchemeOf(name), provider.NameFor(name), o => ConfigureOidc(o, name, provider, secureCookies));
                Use<OpenIdConnectOptions>(builder.Services, name);
            }
        }

        return builder;
    }

    private static void Use<TOptions>(IServiceCollection services, string provider)
        where TOptions : RemoteAuthenticationOptions =>
        services
            .AddOptions<TOptions>(SchemeOf(provider))
            .Configure<IHttpClientFactory>((options, clients) => options.Backchannel = clients.CreateClient(HttpClient));

    private static void ConfigureOidc(OpenIdConnectOptions options, string name, ExternalProviderSettings provider, bool secureCookies)
    {
        Configure(options, name, secureCookies);
        options.Authority = provider.Kind switch
        {
            ExternalProviderKind.Google => "https://accounts.google.com",
            ExternalProviderKind.Microsoft => $"https://login.microsoftonline.com/{provider.Tenant ?? "common"}/v2.0",
            _ => provider.Authority,
        };
        (options.ClientId, options.ClientSecret) = (provider.ClientId, provider.ClientSecret);
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        // How soon the keys are read again after a token with an unknown one.
        options.RefreshInterval = KeyRefreshInterval;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        SetScopes(options.Scope, provider, "openid", "email", "profile");

        // A provider may give the address to this endpoint only; those of the big two are in the token.
        options.GetClaimsFromUserInfoEndpoint = provider.Kind == ExternalProviderKind.Oidc;
        // The handler would remove it, and it is half of the user's identity.
        options.ClaimActions.Remove(JwtRegisteredClaimNames.Iss);
        options.ClaimActions.Remove(Email);
        options.ClaimActions.MapJsonKey(UserInfoEmail, Email);
        options.ClaimActions.MapJsonKey(UserInfoEmailVerified, EmailVerified);
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SecurePolicy = secureCookies ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ProtocolValidator.NonceLifetime = ExternalStates.Lifetime;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            NameClaimType = JwtRegisteredClaimNames.Name,
            ClockSkew = TimeSpan.FromMinutes(1),
            ValidAlgorithms =
            [
                SecurityAlgorithms.RsaSha256,
                SecurityAlgorithms.RsaSha384,
                SecurityAlgorithms.RsaSha512,
                SecurityAlgorithms.RsaSsaPssSha256,
                SecurityAlgorithms.RsaSsaPssSha384,
                SecurityAlgorithms.RsaSsaPssSha512,
                SecurityAlgorithms.EcdsaSha256,
                SecurityAlgorithms.EcdsaSha384,
                SecurityAlgorithms.EcdsaSha512,
            ],
        };
        if (provider.Kind == ExternalProviderKind.Google)
        {
            options.TokenValidationParameters.ValidIssuers = ["https://accounts.google.com", "accounts.google.com"];
        }
        else if (provider.Kind == ExternalProviderKind.Microsoft)
        {
            options.TokenValidationParameters.IssuerValidatorUsingConfiguration = ValidateTenant;
        }

        options.Events.OnTokenResponseReceived = RequireSignatureAsync;
        options.Events.OnTicketReceived = context => CallbackOf(context.HttpContext).ReceiveAsync(context, name, provider);
        options.Events.OnAccessDenied = context => CallbackOf(context.HttpContext).DenyAsync(context);
        options.Events.OnRemoteFailure = context => CallbackOf(context.HttpContext).FailAsync(context, name, options.StateDataFormat);
    }

    private static void ConfigureGitHub(OAuthOptions options, string name, ExternalProviderSettings provider, bool secureCookies)
    {
        Configure(options, name, secureCookies);
        (options.ClientId, options.ClientSecret) = (provider.ClientId, provider.ClientSecret);
        options.AuthorizationEndpoint = $"{GitHubIssuer}/login/oauth/authorize";
        options.TokenEndpoint = $"{GitHubIssuer}/login/oauth/access_token";
        options.UserInformationEndpoint = "https://api.github.com/user";
        options.UsePkce = true;
        SetScopes(options.Scope, provider, "read:user", "user:email");
        options.Events.OnCreatingTicket = AddGitHubUserAsync;
        options.Events.OnTicketReceived = context => CallbackOf(context.HttpContext).ReceiveAsync(context, name, provider);
        options.Events.OnAccessDenied = context => CallbackOf(context.HttpContext).DenyAsync(context);
        options.Events.OnRemoteFailure = context => CallbackOf(context.HttpContext).FailAsync(context, name, options.StateDataFormat);
    }

    private static void Configure(RemoteAuthenticationOptions options, string name, bool secureCookies)
    {
        options.CallbackPath = CallbackPath(name);
        // Never used: the callback starts the session itself.
        options.SignInScheme = IdentityConstants.ApplicationScheme;
        options.SaveTokens = false;
        options.RemoteAuthenticationTimeout = ExternalStates.Lifetime;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = secureCookies ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    private static void SetScopes(ICollection<string> scopes, ExternalProviderSettings provider, params IEnumerable<string> usual)
    {
        scopes.Clear();
        foreach (var scope in provider.Scopes?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? usual)
        {
            scopes.Add(scope);
        }
    }

    // The discovery document of a multi-tenant authority has a placeholder for the tenant that the token names.
    private static string ValidateTenant(
        string issuer,
        SecurityToken token,
        TokenValidationParameters parameters,
        BaseConfiguration configuration
    )
    {
        var tenant = (token as JsonWebToken)?.TryGetPayloadValue<string>("tid", out var id) is true ? id : null;
        return
            Guid.TryParseExact(tenant, "D", out _)
            && configuration.Issuer?.Replace(TenantPlaceholder, tenant, StringComparison.Ordinal) == issuer
            ? issuer
            : throw new SecurityTokenInvalidIssuerException("The issuer is not the token's tenant.") { InvalidIssuer = issuer };
    }

    // The handler accepts an unsigned token from the token endpoint, as the specification allows.
    private static Task RequireSignatureAsync(TokenResponseReceivedContext context)
    {
        var token = new JsonWebToken(context.TokenEndpointResponse.IdToken);
        if (token.EncodedSignature.Length == 0 || !context.Options.TokenValidationParameters.ValidAlgorithms.Contains(token.Alg))
        {
            throw new SecurityTokenInvalidAlgorithmException("The token is not signed with an accepted algorithm.");
        }

        return Task.CompletedTask;
    }

    private static async Task AddGitHubUserAsync(OAuthCreatingTicketContext context)
    {
        using var user = await ReadAsync(context, context.Options.UserInformationEndpoint);
        using var emails = await ReadAsync(context, $"{context.Options.UserInformationEndpoint}/emails");
        var identity = context.Identity!;
        identity.AddClaim(new Claim(JwtRegisteredClaimNames.Iss, GitHubIssuer));
        identity.AddClaim(new Claim(JwtRegisteredClaimNames.Sub, user.RootElement.GetProperty("id").GetRawText()));
        if (user.RootElement.TryGetProperty("name", out var name) && name.GetString() is { } known)
        {
            identity.AddClaim(new Claim(JwtRegisteredClaimNames.Name, known));
        }

        var primary = emails.RootElement.EnumerateArray().FirstOrDefault(e => e.GetProperty("primary").GetBoolean());
        if (primary.ValueKind == JsonValueKind.Object && primary.GetProperty("verified").GetBoolean())
        {
            identity.AddClaim(new Claim(Email, primary.GetProperty(Email).GetString() ?? ""));
        }
    }

    private static async Task<JsonDocument> ReadAsync(OAuthCreatingTicketContext context, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new("Bearer", context.AccessToken);
        request.Headers.Accept.Add(new("application/vnd.github+json"));
        request.Headers.UserAgent.Add(new("Roundtable", null));
        using var response = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));
    }

    private static ExternalCallback CallbackOf(HttpContext http) => http.RequestServices.GetRequiredService<ExternalCallback>();
}
