using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>
/// Browsers that have signed in to an account, so that strangers cannot keep them out: they pass the lock-out and have mail limits of their
/// own. A mark is no way in by itself. It outlives its session, and ends when somebody revokes that session or recovers the account.
/// </summary>
[ScopedService]
public sealed class KnownBrowsers(IOneTimeTokenRepository stored, IRequestContext context, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>How many accounts one browser is known to.</summary>
    public const int MaxPerBrowser = 5;

    private const int MaxPerUser = 20;

    /// <summary>Separates the secrets in the cookie.</summary>
    public const char Separator = '.';

    private IReadOnlyList<string> Hashes => [.. context.BrowserSecrets.Select(Hash)];

    /// <summary>The mark that the request's browser holds of the account with this address; null when it has not signed in to it.</summary>
    public async Task<OneTimeToken?> FindAsync(string normalizedEmail, CancellationToken ct) =>
        Hashes is { Count: > 0 } hashes
            ? await stored.FindKnownBrowserAsync(hashes, normalizedEmail, clock.GetUtcNow().UtcDateTime, ct)
            : null;

    /// <summary>
    /// Whether the request's browser has signed in to the account with this address: by its mark, or as it still is signed in.
    /// </summary>
    public async Task<bool> IsKnownAsync(string normalizedEmail, CancellationToken ct) =>
        (context.Session is { Impersonator: null } session && EmailAddress.Normalize(session.Email) == normalizedEmail)
        || await FindAsync(normalizedEmail, ct) is not null;

    /// <summary>Marks the browser of a new session, within the running transaction; gives what its cookie holds from now on.</summary>
    public async Task<string> RememberAsync(User user, string sessionId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var secrets = context.BrowserSecrets;
        if (await FindAsync(user.NormalizedEmail, ct) is { } mark)
        {
            await stored.MoveAsync(mark.Id, user.Id, sessionId, now + Lifetime, ct);
            var own = secrets.First(s => Hash(s) == mark.SecretHash);
            return string.Join(Separator, secrets.Except([own]).Prepend(own));
        }

        // A new secret for each account: one that was planted in the browser never becomes a mark.
        var secret = OneTimeTokens.NewSecret();
        await stored.TrimKnownBrowsersAsync(user.Id, MaxPerUser - 1, ct);
        stored.Add(OneTimeToken.Issue(TokenPurpose.KnownBrowser, Hash(secret), user.Id, sessionId, null, Lifetime, now));
        return string.Join(Separator, secrets.Prepend(secret).Take(MaxPerBrowser));
    }

    /// <summary>Forgets the account's browsers, except the one of the session that goes on and the one that asks.</summary>
    public Task ForgetOthersAsync(User user, string? keepSessionId, CancellationToken ct) =>
        stored.RevokeKnownBrowsersAsync(user.Id, keepSessionId ?? "", Hashes, ct);

    private static string Hash(string secret) => OneTimeTokens.Hash(TokenPurpose.KnownBrowser, secret);
}
