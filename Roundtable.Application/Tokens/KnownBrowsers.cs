using Roundtable.Application.Common;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Tokens;

/// <summary>
/// Manages browsers that have signed in to an account. They pass the lockout and have separate mail limits, so that strangers cannot
/// lock the user out. A known-browser token alone grants no access. It outlives its session, and ends when that session is revoked or
/// the account is recovered.
/// </summary>
[ScopedService]
public sealed class KnownBrowsers(IOneTimeTokenRepository stored, IRequestContext context, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>The maximum number of accounts that know one browser.</summary>
    public const int MaxPerBrowser = 5;

    private const int MaxPerUser = 20;

    /// <summary>Separates the secrets in the cookie.</summary>
    public const char Separator = '.';

    private IReadOnlyList<string> Hashes => [.. context.BrowserSecrets.Select(Hash)];

    /// <summary>
    /// Returns the known-browser token of the request's browser for the account with this address; null if it has not signed in to it.
    /// </summary>
    public async Task<OneTimeToken?> FindAsync(string normalizedEmail, CancellationToken ct) =>
        Hashes is { Count: > 0 } hashes
            ? await stored.FindKnownBrowserAsync(hashes, normalizedEmail, clock.GetUtcNow().UtcDateTime, ct)
            : null;

    /// <summary>
    /// Whether the request's browser has signed in to the account with this address, by its token or its current session.
    /// </summary>
    public async Task<bool> IsKnownAsync(string normalizedEmail, CancellationToken ct) =>
        (context.Session is { Impersonator: null } session && EmailAddress.Normalize(session.Email) == normalizedEmail)
        || await FindAsync(normalizedEmail, ct) is not null;

    /// <summary>Marks the browser of a new session as known, in the current transaction; returns the new value of its cookie.</summary>
    /// <param name="mark">The result of <see cref="FindAsync"/>.</param>
    public async Task<string> RememberAsync(User user, OneTimeToken? mark, string sessionId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var secrets = context.BrowserSecrets;
        if (mark is not null)
        {
            await stored.MoveAsync(mark.Id, user.Id, sessionId, now + Lifetime, ct);
            var own = secrets.First(s => Hash(s) == mark.SecretHash);
            return string.Join(Separator, secrets.Except([own]).Prepend(own));
        }

        // Each account gets a new secret: one that was planted in the browser never becomes valid.
        var secret = OneTimeTokens.NewSecret();
        await stored.TrimKnownBrowsersAsync(user.Id, MaxPerUser - 1, ct);
        stored.Add(OneTimeToken.Issue(TokenPurpose.KnownBrowser, Hash(secret), user.Id, sessionId, null, Lifetime, now));
        return string.Join(Separator, secrets.Prepend(secret).Take(MaxPerBrowser));
    }

    /// <summary>Removes the account's known browsers, except those of the kept session and of the request.</summary>
    public Task RevokeOthersAsync(User user, string? keepSessionId, CancellationToken ct) =>
        stored.RevokeKnownBrowsersAsync(user.Id, keepSessionId ?? "", Hashes, ct);

    private static string Hash(string secret) => OneTimeTokens.Hash(TokenPurpose.KnownBrowser, secret);
}
