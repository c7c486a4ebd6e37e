using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Tokens;

/// <summary>Issues and redeems secrets that work once. 256 random bits travel by mail; the database holds a hash.</summary>
[ScopedService]
public sealed class OneTimeTokens(IOneTimeTokenRepository tokens, KnownBrowsers browsers, TimeProvider clock)
{
    private const int SecretBytes = 32;

    /// <summary>How many characters a secret has.</summary>
    public const int SecretLength = 43;

    // Never part of a page, so nothing needs escaping that JSON itself does not: it would outgrow the column.
    private static readonly JsonSerializerOptions PayloadJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Creates a secret; older ones of the same account, purpose and subject stop working, mailed links that another known browser asked
    /// for excepted.
    /// </summary>
    /// <param name="subject">The normalised address that the secret is mailed to.</param>
    /// <param name="payload">Returned on redemption, kept as JSON; never a secret.</param>
    public Task<string> IssueAsync(
        TokenPurpose purpose,
        string? userId,
        string subject,
        object? payload,
        TimeSpan lifetime,
        CancellationToken ct
    ) => IssueAsync(purpose, userId, subject, payload, lifetime, null, ct);

    /// <inheritdoc cref="IssueAsync(TokenPurpose, string?, string, object?, TimeSpan, CancellationToken)"/>
    /// <param name="sessionId">The session that asks: the secret works only while that session lives. Null where it depends on
    /// none.</param>
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

    /// <summary>Takes the secret; null when it is unknown, used, expired, superseded or made for something else.</summary>
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

        // Any that was issued at the same moment and so escaped superseding goes with it.
        await tokens.SupersedeAsync(purpose, token.UserId, token.Subject, token.AskedBy, ct);
        return token;
    }

    /// <summary>Looks at a live secret without taking it.</summary>
    public async Task<OneTimeToken?> FindAsync(TokenPurpose purpose, string? secret, CancellationToken ct) =>
        secret is { Length: SecretLength } ? await tokens.FindLiveAsync(Hash(purpose, secret), clock.GetUtcNow().UtcDateTime, ct) : null;

    /// <summary>
    /// Counts a wrong answer to a live secret before it is checked; false when <paramref name="limit"/> were given already.
    /// </summary>
    public async Task<bool> TryAttemptAsync(TokenPurpose purpose, string? secret, int limit, CancellationToken ct) =>
        secret is { Length: SecretLength } && await tokens.TryAttemptAsync(Hash(purpose, secret), limit, clock.GetUtcNow().UtcDateTime, ct);

    public static T? Payload<T>(OneTimeToken token) => token.Payload is null ? default : JsonSerializer.Deserialize<T>(token.Payload);

    /// <summary>A new 256-bit secret in 43 URL-safe characters.</summary>
    public static string NewSecret()
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(bytes);
        return System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }

    // What anybody can have sent to an address: nobody may take the link away from a browser that the account knows.
    private static bool IsMailedOnRequest(TokenPurpose purpose) =>
        purpose is TokenPurpose.MagicLink or TokenPurpose.EmailVerification or TokenPurpose.PasswordReset;

    // The purpose is hashed along, so that a secret is simply unknown to everything but what it was made for.
    internal static string Hash(TokenPurpose purpose, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\0{secret}")));
}
