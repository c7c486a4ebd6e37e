using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Passwords;

/// <summary>NIST SP 800-63B in short: requires a length but no composition, and rejects the most common passwords.</summary>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(
            Problem(user, UnicodeText.Nfc(password ?? "")) is { } problem
                ? IdentityResult.Failed(new PasswordError(problem))
                : IdentityResult.Success
        );

    private static FieldError? Problem(User user, string password)
    {
        if (PasswordLength.Problem(password) is { } length)
        {
            return length;
        }

        if (password.EnumerateRunes().Distinct().Take(2).Count() == 1 || CommonPasswords.Contains(password))
        {
            return new FieldError("common_password", "This password is too common: attackers try it first.");
        }

        string[] own = [user.Email, user.Email[..user.Email.IndexOf('@', StringComparison.Ordinal)], user.Name];
        return own.Any(o =>
            password.Equals(o, StringComparison.OrdinalIgnoreCase)
            || password.Equals(o.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
        )
            ? new FieldError("own_password", "The password must not be your name or address.")
            : null;
    }
}

/// <summary>Identity's error, with the field error that it stands for.</summary>
internal sealed class PasswordError : IdentityError
{
    public PasswordError(FieldError error) => (Error, Code, Description) = (error, "password", error.Message);

    public FieldError Error { get; }
}
