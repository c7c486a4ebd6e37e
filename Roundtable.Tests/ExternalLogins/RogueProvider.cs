using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Roundtable.Api.ExternalLogins;

namespace Roundtable.Tests.ExternalLogins;

/// <summary>
/// A provider whose tokens and answers a test decides: one that misbehaves in the way that the test names, or, for requests to the hosts of
/// Google, Microsoft and GitHub that <see cref="Impersonate"/> sends here, one that says what these would.
/// </summary>
internal sealed class RogueProvider : IAsyncDisposable
{
    private RSA key = RSA.Create(2048);
    private int keyNumber = 1;
    private readonly RSA foreignKey = RSA.Create(2048);
    private readonly WebApplication server;

    private RogueProvider(WebApplication server) => this.server = server;

    public string Authority => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The nonce of the sign-in, which the authorization endpoint would have received.</summary>
    public string Nonce { get; set; } = "";

    public string Misbehavior { get; set; } = "";

    public string Subject { get; set; } = "";

    /// <summary>The issuer in the discovery document; null for this server's address.</summary>
    public string? Issuer { get; set; }

    /// <summary>The issuer in tokens; null for that of the discovery document.</summary>
    public string? TokenIssuer { get; set; }

    /// <summary>Claims of the token in addition to the usual ones, or instead of them.</summary>
    public Dictionary<string, object> Claims { get; } = [];

    /// <summary>How far ahead the provider's clock is.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Whether tokens name no address.</summary>
    public bool OmitsEmail { get; set; }

    /// <summary>What the user-info endpoint returns besides the subject; null if there is none.</summary>
    public Dictionary<string, object>? UserInfo { get; set; }

    /// <summary>What GitHub's API returns for the user's addresses.</summary>
    public object[] GitHubEmails { get; set; } = [];

    public (string Key, string? Value)[] Settings(string name) =>
        [
            ($"Auth:External:{name}:Authority", Authority),
            ($"Auth:External:{name}:ClientId", OpenIdServer.ClientId),
            ($"Auth:External:{name}:ClientSecret", OpenIdServer.ClientSecret),
        ];

    public static async Task<RogueProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var certificate = OpenIdServer.NewCertificate();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        var app = builder.Build();
        var self = new RogueProvider(app);
        app.MapGet("{**path}", async (string path, HttpContext http) =>
            path.EndsWith("openid-configuration", StringComparison.Ordinal) ? await self.DiscoveryAsync(http) : Results.NotFound()
        );
        app.MapGet("/keys", self.Keys);
        app.MapPost("/token", (Delegate)self.TokenAsync);
        app.MapPost("/push", () => Results.Json(new { error = "invalid_request" }, statusCode: 400));
        app.MapGet("/userinfo", () => Results.Json(new Dictionary<string, object>(self.UserInfo!) { ["sub"] = self.Subject }));
        app.MapPost("/github.com/login/oauth/access_token", () => Results.Json(new { access_token = "a", token_type = "bearer" }));
        app.MapGet("/api.github.com/user", () =>
            Results.Json(new { id = long.Parse(self.Subject, CultureInfo.InvariantCulture), name = (string?)null })
        );
        app.MapGet("/api.github.com/user/emails", () => Results.Json(self.GitHubEmails));
        await app.StartAsync();
        return self;
    }

    /// <summary>Sends the product's requests to the hosts of public providers to this server.</summary>
    public void Impersonate(IServiceCollection services) =>
        services
            .AddHttpClient(ExternalSchemes.HttpClient)
            .ConfigurePrimaryHttpMessageHandler(OpenIdServer.NewHandler)
            .AddHttpMessageHandler(() => new Rewrite(Authority));

    /// <summary>Replaces the key that signs tokens.</summary>
    public void RollKeys() => (key, keyNumber) = (RSA.Create(2048), keyNumber + 1);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        key.Dispose();
        foreignKey.Dispose();
    }

    private async Task<IResult> DiscoveryAsync(HttpContext http)
    {
        if (Misbehavior == "hang")
        {
            await Task.Delay(TimeSpan.FromSeconds(60), http.RequestAborted);
        }

        return Misbehavior == "no discovery"
            ? Results.StatusCode(503)
            : Results.Json(
                new Dictionary<string, object?>
                {
                    ["issuer"] = Issuer ?? Authority,
                    ["authorization_endpoint"] = Misbehavior switch
                    {
                        "script" => "javascript:alert(1)",
                        "plain http" => "http://login.example.com/authorize",
                        "no page" => null,
                        _ => $"{Authority}/authorize",
                    },
                    ["pushed_authorization_request_endpoint"] = Misbehavior switch
                    {
                        "refused push" => $"{Authority}/push",
                        "wrong push" => "nonsense",
                        _ => null,
                    },
                    ["userinfo_endpoint"] = UserInfo is null ? null : $"{Authority}/userinfo",
                    ["token_endpoint"] = $"{Authority}/token",
                    ["jwks_uri"] = $"{Authority}/keys",
                    ["response_types_supported"] = new[] { "code" },
                    ["subject_types_supported"] = new[] { "public" },
                    ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
                }
            );
    }

    private IResult Keys()
    {
        var parameters = key.ExportParameters(false);
        return Results.Json(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        kid = $"{keyNumber}",
                        alg = "RS256",
                        n = Base64UrlEncoder.Encode(parameters.Modulus),
                        e = Base64UrlEncoder.Encode(parameters.Exponent),
                    },
                },
            }
        );
    }

    private async Task<IResult> TokenAsync(HttpContext http)
    {
        switch (Misbehavior)
        {
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted);
                break;
            case "huge":
                return Results.Text(new string('x', 2_000_000), "application/json");
            case "redirect":
                return Results.Redirect($"{Authority}/elsewhere");
            case "error page":
                return Results.Text("<h1>Down</h1>", "text/html", statusCode: 500);
        }

        return Results.Json(
            new
            {
                access_token = "a",
                token_type = "Bearer",
                expires_in = 60,
                id_token = IdToken(),
            }
        );
    }

    private string IdToken()
    {
        var now = DateTime.UtcNow;
        var claims = new Dictionary<string, object>
        {
            ["sub"] = Subject,
            ["nonce"] = Misbehavior == "wrong nonce" ? "another" : Nonce,
            ["email"] = $"{Subject}@example.com",
        };
        if (OmitsEmail)
        {
            claims.Remove("email");
        }

        if (Misbehavior == "wrong azp")
        {
            claims["azp"] = "another-client";
        }

        foreach (var (name, value) in Claims)
        {
            claims[name] = value;
        }

        var expired = Misbehavior == "expired";
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Misbehavior == "wrong issuer" ? "https://another.example" : TokenIssuer ?? Issuer ?? Authority,
            Audience = Misbehavior == "wrong audience" ? "another-client" : OpenIdServer.ClientId,
            IssuedAt = expired ? now.AddHours(-2) : now,
            NotBefore = expired ? now.AddHours(-2) : now + Ahead,
            Expires = expired ? now.AddHours(-1) : now.AddMinutes(5),
            Claims = claims,
            SigningCredentials = Misbehavior switch
            {
                "alg none" => null,
                "HS256 with the public key" => new SigningCredentials(
                    new SymmetricSecurityKey(key.ExportSubjectPublicKeyInfo()) { KeyId = $"{keyNumber}" },
                    SecurityAlgorithms.HmacSha256
                ),
                "foreign key" => new SigningCredentials(
                    new RsaSecurityKey(foreignKey) { KeyId = $"{keyNumber}" },
                    SecurityAlgorithms.RsaSha256
                ),
                _ => new SigningCredentials(new RsaSecurityKey(key) { KeyId = $"{keyNumber}" }, SecurityAlgorithms.RsaSha256),
            },
        };
        return new JsonWebTokenHandler().CreateToken(descriptor);
    }

    private sealed class Rewrite(string authority) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.RequestUri!.IsLoopback)
            {
                request.RequestUri = new Uri($"{authority}/{request.RequestUri.Host}{request.RequestUri.PathAndQuery}");
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
