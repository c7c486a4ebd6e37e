using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;

namespace Roundtable.Application.Accounts;

/// <summary>Describes the protection of an account.</summary>
[ScopedService]
public sealed class AccountSecurityService(IUserRepository users)
{
    public async Task<Result<AccountSecurityDto>> GetOwnAsync(CurrentSession caller, CancellationToken ct) =>
        await FindAsync(caller.UserId, ct) is { } own ? own : Errors.Unauthenticated;

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<AccountSecurityDto>> GetAsync(string userId, CancellationToken ct) =>
        await FindAsync(userId, ct) is { } security ? security : Errors.NotFound("user", userId);

    private async Task<AccountSecurityDto?> FindAsync(string userId, CancellationToken ct)
    {
        if (await users.LoadWithCredentialsAsync(userId, ct) is not { Credentials: var credentials })
        {
            return null;
        }

        return new AccountSecurityDto
        {
            PasswordSet = credentials.PasswordHash is not null,
            PasswordChangedAt = credentials.PasswordHash is null ? null : TimeOf(credentials.PasswordSetId),
            Passkeys = credentials.Passkeys.Count,
            PasskeyLastUsedAt = credentials.Passkeys.Max(p => p.LastUsedAtUtc),
            TwoFactorEnabled = credentials.TwoFactorEnabled,
            TwoFactorEnabledAt = credentials.TwoFactorEnabled ? TimeOf(credentials.TwoFactorSetId) : null,
            RecoveryCodesLeft = credentials.RecoveryCodes.Count,
        };
    }

    private static DateTime? TimeOf(string? id) => id is null ? null : EntityId.TimeOf(id);
}

/// <summary>How an account is protected.</summary>
public sealed record AccountSecurityDto
{
    /// <summary>Whether the account has a password.</summary>
    public required bool PasswordSet { get; init; }

    /// <summary>When the password was set (UTC); null if there is none or it is not known.</summary>
    public required DateTime? PasswordChangedAt { get; init; }

    /// <summary>The number of passkeys.</summary>
    public required int Passkeys { get; init; }

    /// <summary>When a passkey was last used (UTC); null for never.</summary>
    public required DateTime? PasskeyLastUsedAt { get; init; }

    /// <summary>Whether sign-in requires a second factor.</summary>
    public required bool TwoFactorEnabled { get; init; }

    /// <summary>When the second factor was turned on (UTC); null if it is off or this is not known.</summary>
    public required DateTime? TwoFactorEnabledAt { get; init; }

    /// <summary>The number of recovery codes left.</summary>
    public required int RecoveryCodesLeft { get; init; }
}
