using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Roundtable.Application.Common;
using Roundtable.Domain.Common;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Tokens;

/// <summary>Issues and redeems single-use secrets. 256 random bits are sent by mail; the database stores a hash.</summary>
[ScopedService]
public sealed class OneTimeTokens(IOneTimeTokenRepository tokens, KnownBrowsers browsers, TimeProvider clock)
{
    private const int SecretBytes = 32;

    // 40 bits: with five attempts a request, and worth nothing without the browser's secret.
    private const int CodeLength = 8;

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
        await tokens.SupersedeAsync(purpose, userId, subject, askedBy, clock.GetUtcNow().UtcDateTime, ct);
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

    /// <summary>
    /// Issues a secret that is mailed with a code, and binds both to the browser that requests them. The code's hash is keyed with the
    /// browser's secret, which is not stored.
    /// </summary>
    /// <param name="supersede">Whether it supersedes older ones of the same account, purpose and address; if not, it is never valid in
    /// their place.</param>
    public async Task<BoundSecret> IssueBoundAsync(
        TokenPurpose purpose,
        string? userId,
        string address,
        object payload,
        TimeSpan lifetime,
        bool supersede,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var askedBy = (await browsers.FindAsync(address, ct))?.Id;
        var subject = supersede ? address : EntityId.New(now);
        if (supersede)
        {
            await tokens.SupersedeAsync(purpose, userId, subject, askedBy, now, ct);
        }

        var issued = new BoundSecret(NewSecret(), NewSecret(), TypedCode.New(CodeLength));
        var json = JsonSerializer.Serialize(payload, PayloadJson);
        var token = OneTimeToken.Issue(purpose, Hash(purpose, issued.Secret), userId, subject, json, lifetime, now, null, askedBy);
        token.BindTo(BrowserHash(issued.Browser), CodeHash(issued.Browser, issued.Code));
        tokens.Add(token);
        return issued;
    }

    /// <summary>Finds the newest request of a browser, in any state; null for an unknown secret.</summary>
    public async Task<OneTimeToken?> FindRequestAsync(string? browserSecret, CancellationToken ct) =>
        browserSecret is { Length: SecretLength } ? await tokens.FindByBrowserAsync(BrowserHash(browserSecret), ct) : null;

    /// <summary>Whether the token is neither used, superseded nor expired.</summary>
    public bool IsLive(OneTimeToken token) => token.ConsumedAtUtc is null && token.ExpiresAtUtc > clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether the browser's newest request was mailed to the address, and is live.</summary>
    public async Task<bool> IsWaitingAsync(string? browserSecret, EmailAddress address, CancellationToken ct) =>
        await FindRequestAsync(browserSecret, ct) is { } token && token.Subject == address.Normalized && IsLive(token);

    /// <summary>Whether the token can be used anywhere, or this browser requested it.</summary>
    public static bool IsForBrowser(OneTimeToken token, string? browserSecret) =>
        token.BrowserHash is null || (browserSecret is { Length: SecretLength } && token.BrowserHash == BrowserHash(browserSecret));

    /// <summary>Compares a typed code in constant time.</summary>
    public static bool IsCodeOf(OneTimeToken token, string browserSecret, string code) =>
        token.CodeHash is { } hash
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(CodeHash(browserSecret, code)));

    /// <summary>Consumes the secret; returns null if it is unknown, used, expired, superseded or has another purpose.</summary>
    public async Task<OneTimeToken?> RedeemAsync(TokenPurpose purpose, string? secret, CancellationToken ct) =>
        await FindAsync(purpose, secret, ct) is { } token && await ConsumeAsync(token, inBrowser: true, ct) ? token : null;

    /// <summary>Consumes a token that was found; returns false if it is no longer live.</summary>
    /// <param name="inBrowser">Whether the requesting browser uses it.</param>
    public async Task<bool> ConsumeAsync(OneTimeToken token, bool inBrowser, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await tokens.ConsumeAsync(token.SecretHash, inBrowser, now, ct))
        {
            return false;
        }

        // Also ends any token that was issued concurrently and so was not superseded.
        await tokens.SupersedeAsync(token.Purpose, token.UserId, token.Subject, token.AskedBy, now, ct);
        return true;
    }

    /// <summary>Finds a live secret without consuming it.</summary>
    public async Task<OneTimeToken?> FindAsync(TokenPurpose purpose, string? secret, CancellationToken ct) =>
        secret is { Length: SecretLength } ? await tokens.FindLiveAsync(Hash(purpose, secret), clock.GetUtcNow().UtcDateTime, ct) : null;

    /// <summary>
    /// Counts an attempt at a live secret before it is checked; returns false if <paramref name="limit"/> were made already.
    /// </summary>
    public async Task<bool> TryAttemptAsync(TokenPurpose purpose, string? secret, int limit, CancellationToken ct) =>
        secret is { Length: SecretLength } && await tokens.TryAttemptAsync(Hash(purpose, secret), limit, clock.GetUtcNow().UtcDateTime, ct);

    /// <summary>
    /// Counts an attempt at the code of a live token before it is compared; returns false if <paramref name="limit"/> were made already.
    /// </summary>
    public Task<bool> TryCodeAttemptAsync(OneTimeToken token, int limit, CancellationToken ct) =>
        tokens.TryAttemptAsync(token.SecretHash, limit, clock.GetUtcNow().UtcDateTime, ct);

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

    private static string BrowserHash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"browser\0{secret}")));

    private static string CodeHash(string browserSecret, string code) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.ASCII.GetBytes(browserSecret), Encoding.ASCII.GetBytes(TypedCode.Normalize(code)))
        );

    // The purpose is hashed too, so that a secret is unknown to every other purpose.
    internal static string Hash(TokenPurpose purpose, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\0{secret}")));
}

/// <summary>What a browser-bound request issues.</summary>
/// <param name="Secret">The secret of the mailed link.</param>
/// <param name="Browser">The secret of the requesting browser, for its cookie.</param>
/// <param name="Code">The mailed code, in display form.</param>
public sealed record BoundSecret(string Secret, string Browser, string Code)
{
    /// <summary>Hides the secrets.</summary>
    public override string ToString() => nameof(BoundSecret);
}
