using System.Security.Cryptography;
using System.Text;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.TwoFactor;

/// <summary>Checks two-factor codes. Each works once, and attempts per account are limited across all instances.</summary>
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
    private const int RecoveryCodeLength = 16;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Creates a secret for the user's authenticator app.</summary>
    public NewTwoFactorSecret NewSecret(User user) => codes.Create(user.Email);

    /// <summary>Consumes a code; returns whether it is right and unused.</summary>
    public async Task<bool> TakeCodeAsync(User user, string code, CancellationToken ct) =>
        user.Credentials.ProtectedTwoFactorSecret is { } secret
        && await throttle.TryHitAsync(ThrottleKind, user.Id, Limit, Window, ct)
        && codes.Match(secret, WithoutBlanks(code), clock.GetUtcNow().UtcDateTime) is { } step
        && await CommitAsync(ct => credentials.TakeTwoFactorStepAsync(user.Id, step, ct), ct);

    /// <summary>Consumes a code; returns whether it is one of the user's recovery codes.</summary>
    public async Task<bool> TakeRecoveryCodeAsync(User user, string code, CancellationToken ct) =>
        await throttle.TryHitAsync(ThrottleKind, user.Id, Limit, Window, ct)
        && await CommitAsync(ct => credentials.TakeRecoveryCodeAsync(user.Id, HashRecoveryCode(user.Id, code), ct), ct);

    /// <summary>Creates ten recovery codes of 80 random bits, in display form.</summary>
    public static IReadOnlyList<string> NewRecoveryCodes() => [.. Enumerable.Range(0, 10).Select(_ => NewRecoveryCode())];

    /// <summary>Removes the spaces that authenticator apps show between the digits.</summary>
    public static string WithoutBlanks(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>Returns the stored form of a recovery code as typed.</summary>
    public static string HashRecoveryCode(string userId, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"recovery\0{userId}\0{TypedCode.Normalize(code)}")));

    public static string NewRecoveryCode() => TypedCode.New(RecoveryCodeLength);

    private async Task<bool> CommitAsync(Func<CancellationToken, Task<bool>> work, CancellationToken ct)
    {
        var done = await unitOfWork.ExecuteAsync<Result<bool>>(async ct => await work(ct), ct);
        return !done.Failed && done.Value;
    }
}
