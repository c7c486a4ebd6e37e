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

namespace Roundtable.Tests.ExternalLogins;

/// <summary>A provider that misbehaves at the token endpoint, in the way that a test names.</summary>
internal sealed class RogueProvider : IAsyncDisposable
{
    private readonly RSA key = RSA.Create(2048);
    private readonly RSA foreignKey = RSA.Create(2048);
    private readonly WebApplication server;

    private RogueProvider(WebApplication server) => this.server = server;

    public string Authority => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The nonce of the sign-in, which the authorization endpoint would have received.</summary>
    public string Nonce { get; set; } = "";

    public string Misbehavior { get; set; } = "";

    public string Subject { get; set; } = "";

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
        app.MapGet("/.well-known/openid-configuration", self.Discovery);
        app.MapGet("/keys", self.Keys);
        app.MapPost("/token", (Delegate)self.TokenAsync);
        await app.StartAsync();
        return self;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        key.Dispose();
        foreignKey.Dispose();
    }

    private IResult Discovery() =>
        Misbehavior == "no discovery"
            ? Results.StatusCode(503)
            : Results.Json(
                new Dictionary<string, object>
                {
                    ["issuer"] = Authority,
                    ["authorization_endpoint"] = $"{Authority}/authorize",
                    ["token_endpoint"] = $"{Authority}/token",
                    ["jwks_uri"] = $"{Authority}/keys",
                    ["response_types_supported"] = new[] { "code" },
                    ["subject_types_supported"] = new[] { "public" },
                    ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
                }
            );

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
                        kid = "1",
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
        if (Misbehavior == "wrong azp")
        {
            claims["azp"] = "another-client";
        }

        var expired = Misbehavior == "expired";
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Misbehavior == "wrong issuer" ? "https://another.example" : Authority,
            Audience = Misbehavior == "wrong audience" ? "another-client" : OpenIdServer.ClientId,
            IssuedAt = expired ? now.AddHours(-2) : now,
            NotBefore = expired ? now.AddHours(-2) : now,
            Expires = expired ? now.AddHours(-1) : now.AddMinutes(5),
            Claims = claims,
            SigningCredentials = Misbehavior switch
            {
                "alg none" => null,
                "HS256 with the public key" => new SigningCredentials(
                    new SymmetricSecurityKey(key.ExportSubjectPublicKeyInfo()) { KeyId = "1" },
                    SecurityAlgorithms.HmacSha256
                ),
                "foreign key" => new SigningCredentials(new RsaSecurityKey(foreignKey) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
                _ => new SigningCredentials(new RsaSecurityKey(key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
            },
        };
        return new JsonWebTokenHandler().CreateToken(descriptor);
    }
}
