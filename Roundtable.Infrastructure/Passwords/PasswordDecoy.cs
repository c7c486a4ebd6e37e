using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Passwords;

/// <summary>
/// The hash that a password is compared with if the account has none, so that the check takes as long as for a wrong password.
/// </summary>
internal sealed class PasswordDecoy(IOptions<PasswordHasherOptions> options)
{
    private readonly Lazy<string> hash = new(() => new PasswordHasher<User>(options).HashPassword(null!, Guid.NewGuid().ToString()));

    public string Hash => hash.Value;
}
