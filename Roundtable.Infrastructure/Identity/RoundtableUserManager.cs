using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Roundtable.Application.TwoFactor;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// Identity's user manager with the account rules (<see cref="AccountRules"/>) applied for every caller. The product's services apply them
/// themselves in their own units of work.
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

    /// <summary>Bans the whole account until then and ends its sessions. Null or a past time lifts the ban.</summary>
    public override Task<IdentityResult> SetLockoutEndDateAsync(User user, DateTimeOffset? lockoutEnd) =>
        Rules.SetLockoutEndAsync(user, lockoutEnd);

    /// <summary>A rejected password leaves the token usable.</summary>
    public override async Task<IdentityResult> ResetPasswordAsync(User user, string token, string newPassword)
    {
        var allowed = await ValidatePasswordAsync(user, newPassword);
        return allowed.Succeeded ? await Rules.ProvedByMailAsync(() => base.ResetPasswordAsync(user, token, newPassword)) : allowed;
    }

    /// <summary>The user name is the e-mail address.</summary>
    public override Task<IdentityResult> SetUserNameAsync(User user, string? userName) => SetEmailAsync(user, userName);

    /// <summary>A different spelling of the same address keeps its verification.</summary>
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

    /// <summary>A wrong current password counts as a failed attempt, as at sign-in.</summary>
    public override async Task<IdentityResult> ChangePasswordAsync(User user, string currentPassword, string newPassword)
    {
        if (!await Rules.TryPasswordAsync(user, currentPassword))
        {
            return IdentityResult.Failed(ErrorDescriber.PasswordMismatch());
        }

        var allowed = await UpdatePasswordHash(user, newPassword, validatePassword: true);
        return allowed.Succeeded ? await UpdateUserAsync(user) : allowed;
    }

    /// <summary>Enabling requires an authenticator key.</summary>
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

    /// <summary>Signs the user out everywhere, which is what callers intend.</summary>
    public override Task<IdentityResult> UpdateSecurityStampAsync(User user) => Rules.SignOutEverywhereAsync(user);

    /// <summary>Neither counts failures nor locks: <c>SignInManager</c> does.</summary>
    public override Task<bool> CheckPasswordAsync(User user, string password) => Rules.CheckPasswordAsync(user, password, PasswordHasher);

    /// <summary>Counts with one conditional update, so that parallel failures are all counted.</summary>
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
