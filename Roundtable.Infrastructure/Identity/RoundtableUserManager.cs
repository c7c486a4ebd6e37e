using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Roundtable.Application.Accounts;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// Identity's user manager, whose calls keep the rules of an account (<see cref="AccountRules"/>), whoever makes them. What the product's
/// services do in a unit of work of their own, they see to themselves.
/// </summary>
internal sealed class RoundtableUserManager(
    IUserStore<User> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<User> hasher,
    IEnumerable<IUserValidator<User>> userValidators,
    IEnumerable<IPasswordValidator<User>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber describer,
    IServiceProvider services,
    ILogger<UserManager<User>> logger
) : UserManager<User>(store, options, hasher, userValidators, passwordValidators, normalizer, describer, services, logger)
{
    private AccountRules Rules { get; } = new(services, describer);

    public override Task<IdentityResult> CreateAsync(User user) => Rules.CreateAsync(user, () => base.CreateAsync(user));

    public override async Task<IdentityResult> CreateAsync(User user, string password) =>
        Rules.Complete(user) is { } problem ? problem : await base.CreateAsync(user, password);

    public override Task<IdentityResult> DeleteAsync(User user) => Rules.DeleteAsync(user);

    public override Task<IdentityResult> AddToRoleAsync(User user, string role) => AddToRolesAsync(user, [role]);

    public override async Task<IdentityResult> AddToRolesAsync(User user, IEnumerable<string> roles)
    {
        var added = roles.Select(r => NormalizeName(r)!).Distinct(StringComparer.Ordinal).ToList();
        return added.Find(user.IsInRole) is { } held
            ? IdentityResult.Failed(ErrorDescriber.UserAlreadyInRole(held))
            : await Rules.SetRolesAsync(user, [.. RolesOf(user), .. added]);
    }

    public override Task<IdentityResult> RemoveFromRoleAsync(User user, string role) => RemoveFromRolesAsync(user, [role]);

    public override async Task<IdentityResult> RemoveFromRolesAsync(User user, IEnumerable<string> roles)
    {
        var removed = roles.Select(r => NormalizeName(r)!).ToHashSet(StringComparer.Ordinal);
        return removed.FirstOrDefault(r => r == Role.UserName || !user.IsInRole(r)) is { } missing
            ? IdentityResult.Failed(ErrorDescriber.UserNotInRole(missing))
            : await Rules.SetRolesAsync(user, [.. RolesOf(user).Where(r => !removed.Contains(r))]);
    }

    /// <summary>Locks the whole account, as a ban until then: its sessions end. Null or the past lets it in again.</summary>
    public override Task<IdentityResult> SetLockoutEndDateAsync(User user, DateTimeOffset? lockoutEnd) =>
        Rules.SetLockoutEndAsync(user, lockoutEnd);

    /// <summary>A refused password leaves the token usable.</summary>
    public override async Task<IdentityResult> ResetPasswordAsync(User user, string token, string newPassword)
    {
        var allowed = await ValidatePasswordAsync(user, newPassword);
        return allowed.Succeeded ? await Rules.ProvedByMailAsync(() => base.ResetPasswordAsync(user, token, newPassword)) : allowed;
    }

    /// <summary>The name is the address.</summary>
    public override Task<IdentityResult> SetUserNameAsync(User user, string? userName) => SetEmailAsync(user, userName);

    /// <summary>The same address, however it is spelt, stays as proved as it is.</summary>
    public override async Task<IdentityResult> SetEmailAsync(User user, string? email)
    {
        if (email is null || NormalizeEmail(email) != user.NormalizedEmail)
        {
            return await base.SetEmailAsync(user, email);
        }

        user.Email = email;
        return await UpdateUserAsync(user);
    }

    public override Task<IdentityResult> ChangeEmailAsync(User user, string newEmail, string token) =>
        Rules.ProvingNewAddressAsync(() => base.ChangeEmailAsync(user, newEmail, token));

    /// <summary>A wrong present password counts, as at a sign-in.</summary>
    public override async Task<IdentityResult> ChangePasswordAsync(User user, string currentPassword, string newPassword)
    {
        if (!await Rules.TryPasswordAsync(user, currentPassword))
        {
            return IdentityResult.Failed(ErrorDescriber.PasswordMismatch());
        }

        var allowed = await UpdatePasswordHash(user, newPassword, validatePassword: true);
        return allowed.Succeeded ? await UpdateUserAsync(user) : allowed;
    }

    /// <summary>Needs an authenticator key to ask for.</summary>
    public override async Task<IdentityResult> SetTwoFactorEnabledAsync(User user, bool enabled) =>
        enabled && await GetAuthenticatorKeyAsync(user) is null
            ? IdentityResult.Failed(
                new IdentityError
                {
                    Code = "NoAuthenticatorKey",
                    Description = "Reset the authenticator key, and let the user add it to an app, before the second factor is turned on.",
                }
            )
            : await base.SetTwoFactorEnabledAsync(user, enabled);

    /// <summary>Signs the user out everywhere, as whoever calls it means.</summary>
    public override Task<IdentityResult> UpdateSecurityStampAsync(User user) => Rules.SignOutEverywhereAsync(user);

    /// <summary>Neither counts nor locks: <c>SignInManager</c> does.</summary>
    public override Task<bool> CheckPasswordAsync(User user, string password) => Rules.CheckPasswordAsync(user, password, PasswordHasher);

    /// <summary>Counts by one conditional update, so that parallel failures are all counted.</summary>
    public override Task<IdentityResult> AccessFailedAsync(User user) => Rules.CountFailureAsync(user, Options.Lockout);

    public override Task<bool> VerifyTwoFactorTokenAsync(User user, string tokenProvider, string token) =>
        tokenProvider == Options.Tokens.AuthenticatorTokenProvider
            ? Rules.TakeCodeAsync(user, token ?? "")
            : base.VerifyTwoFactorTokenAsync(user, tokenProvider, token);

    public override async Task<IdentityResult> RedeemTwoFactorRecoveryCodeAsync(User user, string code) =>
        await Rules.TakeRecoveryCodeAsync(user, code)
            ? IdentityResult.Success
            : IdentityResult.Failed(ErrorDescriber.RecoveryCodeRedemptionFailed());

    protected override string CreateTwoFactorRecoveryCode() => SecondFactor.NewRecoveryCode();

    protected override Task<IdentityResult> UpdateUserAsync(User user) => Rules.UpdateAsync(user, () => base.UpdateUserAsync(user));

    private static IEnumerable<string> RolesOf(User user) => user.Roles.Select(r => r.RoleName);
}
