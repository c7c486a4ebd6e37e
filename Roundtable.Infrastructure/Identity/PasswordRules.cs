using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Accounts;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <summary>NIST SP 800-63B in short: requires a length but no composition, and rejects the most common passwords.</summary>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(
            Problem(user, UnicodeText.Nfc(password ?? "")) is { } problem
                ? IdentityResult.Failed(new IdentityError { Code = "password", Description = problem })
                : IdentityResult.Success
        );

    private static string? Problem(User user, string password)
    {
        if (PasswordLength.Problem(password) is { } length)
        {
            return length;
        }

        if (password.EnumerateRunes().Distinct().Take(2).Count() == 1 || CommonPasswords.Contains(password))
        {
            return "This password is too common: attackers try it first.";
        }

        string[] own = [user.Email, user.Email[..user.Email.IndexOf('@', StringComparison.Ordinal)], user.Name];
        return own.Any(o =>
            password.Equals(o, StringComparison.OrdinalIgnoreCase)
            || password.Equals(o.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
        )
            ? "The password must not be your name or address."
            : null;
    }
}
