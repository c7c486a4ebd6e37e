using System.Net.Http.Json;

namespace Roundtable.Bench.Driver;

/// <summary>The endpoints by which a system offers the same operations.</summary>
internal sealed record Dialect(string AskPath, string PatchPath, string SessionPath, Func<string, HttpRequestMessage> Redeem)
{
    private static readonly Dialect Roundtable = new(
        "/api/v1/auth/magic-link",
        "/api/v1/users/me",
        "/api/v1/auth/session",
        token => new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/magic-link/verify") { Content = JsonContent.Create(new { token }) }
    );

    private static readonly Dialect Peer = new(
        "/api/auth/sign-in/magic-link",
        "/api/v1/users/me",
        "/api/v1/auth/session",
        token => new HttpRequestMessage(HttpMethod.Get, $"/api/auth/magic-link/verify?token={token}")
    );

    public static Dialect Named(string name) =>
        name switch
        {
            "roundtable" => Roundtable,
            "peer" => Peer,
            _ => throw new ArgumentException($"There is no dialect named {name}."),
        };
}
