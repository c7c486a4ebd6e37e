using Microsoft.AspNetCore.Identity;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <summary>Requires a valid e-mail address, which identifies the user, and one that no other account has.</summary>
internal sealed class AddressRules(IdentityErrorDescriber describer) : IUserValidator<User>
{
    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user)
    {
        if (!EmailAddress.TryParse(user.Email, out _))
        {
            return IdentityResult.Failed(describer.InvalidEmail(user.Email));
        }

        return await manager.FindByEmailAsync(user.Email) is { } holder && holder.Id != user.Id
            ? IdentityResult.Failed(describer.DuplicateEmail(user.Email))
            : IdentityResult.Success;
    }
}
