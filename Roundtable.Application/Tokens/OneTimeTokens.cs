using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Roundtable.Application.Common;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Tokens;

/// <summary>Issues and redeems single-use secrets. 256 random bits are sent by mail; the database stores a hash.</summary>
[ScopedService]
public sealed class OneTimeTokens(IOneTimeTokenRepository tokens, KnownBrowsers browsers, TimeProvider clock)
{
    private const int SecretBytes = 32;

    /// <summary>The length of a secret in characters.</summary>
    public const int SecretLength = 43;

    // The JSON is never part of a page, so it needs no HTML escaping, with which it would outgrow the column.
    private static readonly JsonSerializerOptions PayloadJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Creates a secret and supersedes older ones of the same account, purpose and subject, except mailed links that another known
    /// browser requested.
    /// </summary>
    /// <param name="subject">The normalized address that the secret is mailed to.</param>
    /// <param name="payload">Returned on redemption, stored as JSON; never a secret.</param>
    public Task<string> IssueAsync(
        TokenPurpose purpose,
        string? userId,
        string subject,
        object? payload,
        TimeSpan lifetime,
        CancellationToken ct
    ) => IssueAsync(purpose, userId, subject, payload, lifetime, null, ct);

    /// <inheritdoc cref="IssueAsync(TokenPurpose, string?, string, object?, TimeSpan, CancellationToken)"/>
    /// <param name="sessionId">The requesting session: the secret works only while that session is active. Null if it depends on no
    /// session.</param>
    public async Task<string> IssueAsync(
        TokenPurpose purpose,
        string? userId,
        string subject,
        object? payload,
        TimeSpan lifetime,
        string? sessionId,
        CancellationToken ct
    )
    {
        var askedBy = IsMailedOnRequest(purpose) ? (await browsers.FindAsync(subject, ct))?.Id : null;
        await tokens.SupersedeAsync(purpose, userId, subject, askedBy, ct);
        var secret = NewSecret();
        var json = payload is null ? null : JsonSerializer.Serialize(payload, PayloadJson);
        tokens.Add(
            OneTimeToken.Issue(
                purpose,
                Hash(purpose, secret),
                userId,
                subject,
                json,
                lifetime,
                clock.GetUtcNow().UtcDateTime,
                sessionId,
                askedBy
            )
        );
        return secret;
    }

    /// <summary>Consumes the secret; returns null if it is unknown, used, expired, superseded or has another purpose.</summary>
    public async Task<OneTimeToken?> RedeemAsync(TokenPurpose purpose, string? secret, CancellationToken ct)
    {
        if (secret is not { Length: SecretLength })
        {
            return null;
        }

        var (hash, now) = (Hash(purpose, secret), clock.GetUtcNow().UtcDateTime);
        var token = await tokens.FindLiveAsync(hash, now, ct);
        if (token is null || !await tokens.ConsumeAsync(hash, now, ct))
        {
            return null;
        }

        // Also removes any token that was issued concurrently and so was not superseded.
        await tokens.SupersedeAsync(purpose, token.UserId, token.Subject, token.AskedBy, ct);
        return token;
    }

    /// <summary>Finds a live secret without consuming it.</summary>
    public async Task<OneTimeToken?> FindAsync(TokenPurpose purpose, string? secret, CancellationToken ct) =>
        secret is { Length: SecretLength } ? await tokens.FindLiveAsync(Hash(purpose, secret), clock.GetUtcNow().UtcDateTime, ct) : null;

    /// <summary>
    /// Counts an attempt at a live secret before it is checked; returns false if <paramref name="limit"/> were made already.
    /// </summary>
    public async Task<bool> TryAttemptAsync(TokenPurpose purpose, string? secret, int limit, CancellationToken ct) =>
        secret is { Length: SecretLength } && await tokens.TryAttemptAsync(Hash(purpose, secret), limit, clock.GetUtcNow().UtcDateTime, ct);

    public static T? Payload<T>(OneTimeToken token) => token.Payload is null ? default : JsonSerializer.Deserialize<T>(token.Payload);

    /// <summary>Creates a 256-bit secret of 43 URL-safe characters.</summary>
    public static string NewSecret()
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(bytes);
        return System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }

    // Anyone can request these mails for an address, but must not invalidate the link of a browser that the account knows.
    private static bool IsMailedOnRequest(TokenPurpose purpose) =>
        purpose is TokenPurpose.MagicLink or TokenPurpose.EmailVerification or TokenPurpose.PasswordReset;

    // The purpose is hashed too, so that a secret is unknown to every other purpose.
    internal static string Hash(TokenPurpose purpose, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\0{secret}")));
}
