using System.Security.Cryptography;
using System.Text;
using Roundtable.Application.Common;
using Roundtable.Application.Throttling;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Checks codes. Each works once, and an account takes so many tries, on every instance.</summary>
[ScopedService]
public sealed class SecondFactor(
    ITwoFactorCodes codes,
    ICredentialRepository credentials,
    IThrottle throttle,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    private const string ThrottleKind = "two-factor";
    private const int Limit = 30;
    private const int CodeBytes = 10;
    private const int GroupLength = 4;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>A new secret for the user's authenticator app.</summary>
    public NewTwoFactorSecret NewSecret(User user) => codes.Create(user.Email);

    /// <summary>Whether the code is right and was not used before.</summary>
    public async Task<bool> TakeCodeAsync(User user, string code, CancellationToken ct) =>
        user.Credentials.ProtectedTwoFactorSecret is { } secret
        && await throttle.TryHitAsync(ThrottleKind, user.Id, Limit, Window, ct)
        && codes.Match(secret, WithoutBlanks(code), clock.GetUtcNow().UtcDateTime) is { } step
        && await CommitAsync(ct => credentials.TakeTwoFactorStepAsync(user.Id, step, ct), ct);

    /// <summary>Whether it is one of the user's recovery codes; it is used up.</summary>
    public async Task<bool> TakeRecoveryCodeAsync(User user, string code, CancellationToken ct) =>
        await throttle.TryHitAsync(ThrottleKind, user.Id, Limit, Window, ct)
        && await CommitAsync(ct => credentials.TakeRecoveryCodeAsync(user.Id, HashRecoveryCode(user.Id, code), ct), ct);

    /// <summary>Ten new recovery codes of 80 random bits, as they are shown.</summary>
    public static IReadOnlyList<string> NewRecoveryCodes() => [.. Enumerable.Range(0, 10).Select(_ => NewRecoveryCode())];

    /// <summary>A code as its authenticator app means it: apps show blanks between the digits.</summary>
    public static string WithoutBlanks(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>
    /// The stored form. Case, blanks, hyphens and letters that are taken for digits are how people type, not part of the code.
    /// </summary>
    public static string HashRecoveryCode(string userId, string code)
    {
        var plain = string.Concat(code.Where(char.IsAsciiLetterOrDigit))
            .ToUpperInvariant()
            .Replace('O', '0')
            .Replace('I', '1')
            .Replace('L', '1');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"recovery\0{userId}\0{plain}")));
    }

    // Crockford's alphabet: nothing in it can be taken for something else.
    public static string NewRecoveryCode()
    {
        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var letters = RandomNumberGenerator.GetString(alphabet, CodeBytes * 8 / 5);
        return string.Join('-', letters.Chunk(GroupLength).Select(g => new string(g)));
    }

    private async Task<bool> CommitAsync(Func<CancellationToken, Task<bool>> work, CancellationToken ct)
    {
        var done = await unitOfWork.ExecuteAsync<Result<bool>>(async ct => await work(ct), ct);
        return !done.Failed && done.Value;
    }
}
