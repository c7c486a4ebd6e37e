using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Roundtable.Api.ExternalLogins;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Roundtable.Tests.ExternalLogins;

/// <summary>A person who is signed in at the provider.</summary>
internal sealed record ProviderUser(string Subject, string? Email, bool? EmailVerified = true, string? Name = "Ada Lovelace");

/// <summary>A real OpenID Connect server on loopback, with keys of its own. Each test sets who is signed in there.</summary>
internal sealed class OpenIdServer : IAsyncDisposable
{
    public const string ClientId = "roundtable";
    public const string ClientSecret = "a secret of the client";

    private const string Answer = "answer";
    private const string Agree = "agree";
    private const string Deny = "deny";
    private const string Subject = "CN=localhost";

    private readonly WebApplication server;

    private OpenIdServer(WebApplication server) => this.server = server;

    public string Authority => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public ProviderUser User { get; set; } = new("ada", "ada@example.com");

    /// <summary>The settings of a provider that uses this server.</summary>
    public (string Key, string? Value)[] Settings(string name) =>
        [
            ($"Auth:External:{name}:Authority", Authority),
            ($"Auth:External:{name}:ClientId", ClientId),
            ($"Auth:External:{name}:ClientSecret", ClientSecret),
        ];

    public static async Task<OpenIdServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var certificate = NewCertificate();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        OpenIdServer? self = null;
        builder
            .Services.AddOpenIddict()
            .AddServer(o =>
            {
                o.EnableDegradedMode();
                o.SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetUserInfoEndpointUris("connect/userinfo");
                o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                o.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                o.RegisterScopes(Scopes.Email, Scopes.Profile);
                o.UseAspNetCore();
                o.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(b => b.UseInlineHandler(_ => default));
                o.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(b =>
                    b.UseInlineHandler(c =>
                    {
                        if (c.ClientSecret != ClientSecret)
                        {
                            c.Reject(Errors.InvalidClient);
                        }

                        return default;
                    })
                );
                o.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(b =>
                    b.UseInlineHandler(async c =>
                    {
                        switch ((string?)c.Request.GetParameter(Answer))
                        {
                            case Agree:
                                c.SignIn(PrincipalOf(self!.User, c.Request.GetScopes()));
                                break;
                            case Deny:
                                c.Reject(Errors.AccessDenied, "Call our hotline");
                                break;
                            default:
                                c.HandleRequest();
                                await ShowPageAsync(c.Transaction.GetHttpRequest()!.HttpContext, self!.User);
                                break;
                        }
                    })
                );
            });
        var app = builder.Build();
        self = new OpenIdServer(app);
        await app.StartAsync();

        // Its first answer takes seconds on a busy machine.
        using var http = NewClient();
        (await http.GetAsync(new Uri($"{self.Authority}/.well-known/openid-configuration"))).EnsureSuccessStatusCode();
        return self;
    }

    /// <summary>Makes the product trust the server's certificate.</summary>
    public static void Trust(IServiceCollection services) =>
        services.AddHttpClient(ExternalSchemes.HttpClient).ConfigurePrimaryHttpMessageHandler(NewHandler);

    /// <summary>Opens the address as a browser does, is signed in at the provider, and returns the address to go back to.</summary>
    public static async Task<Uri> VisitAsync(string address)
    {
        using var http = NewClient();
        using var answer = await http.GetAsync(new Uri($"{address}&{Answer}={Agree}"));
        Assert.That(answer.Headers.Location, Is.Not.Null, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    private static async Task ShowPageAsync(HttpContext http, ProviderUser user)
    {
        var here = HtmlEncoder.Default.Encode($"{http.Request.Path}{http.Request.QueryString}");
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(
            $"""
            <!doctype html><html lang="en"><title>Example Corp</title><h1>Continue as {HtmlEncoder.Default.Encode(user.Name ?? "")}?</h1>
            <a href="{here}&amp;{Answer}={Agree}">Agree</a> <a href="{here}&amp;{Answer}={Deny}">Cancel</a>
            """
        );
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private static HttpClient NewClient() => new(NewHandler());

    internal static SocketsHttpHandler NewHandler() =>
        new() { AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, c, _, _) => c?.Subject == Subject } };

    internal static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static ClaimsPrincipal PrincipalOf(ProviderUser user, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user.Subject).SetClaim(Claims.Name, user.Name);
        if (user.Email is { } email)
        {
            identity.SetClaim(Claims.Email, email);
        }

        if (user.EmailVerified is { } verified)
        {
            identity.SetClaim(Claims.EmailVerified, verified);
        }

        identity.SetDestinations(_ => [Destinations.IdentityToken, Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        return principal;
    }
}
