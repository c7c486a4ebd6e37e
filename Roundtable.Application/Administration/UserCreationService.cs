using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.Passwords;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Administration;

/// <summary>Creates accounts for other users.</summary>
[ScopedService]
public sealed class UserCreationService(
    AddressRelease addresses,
    PasswordStorage passwords,
    MagicLinkMailer links,
    AccountRegistry accounts,
    AdminGuard guard,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Errors: <c>session_not_fresh</c> for an account with roles or a password, <c>email_taken</c>, <c>validation_failed</c> for an
    /// unknown role or an invalid password, <c>forbidden</c> for a role with a permission that the caller lacks, and for a password
    /// that an API key sets.
    /// </summary>
    public async Task<Result<UserDto>> CreateAsync(Caller caller, NewUser wanted, CancellationToken ct)
    {
        if (wanted.Password is not null && caller is ApiKeyCaller)
        {
            return ApiKeyErrors.NotWithKey;
        }

        var password = wanted.Password is { } text ? await passwords.PrepareAsync(text, ct) : null;
        return await unitOfWork.ExecuteAsync(ct => CreateAsync(caller, wanted, password, ct), ct);
    }

    private async Task<Result<UserDto>> CreateAsync(Caller caller, NewUser wanted, NewPassword? password, CancellationToken ct)
    {
        if ((wanted.Roles.Count > 0 || wanted.Password is not null) && guard.CheckFreshness(caller) is { } stale)
        {
            return stale;
        }

        if (!await addresses.TryReleaseToAdminAsync(wanted.Email, null, ct))
        {
            return UserErrors.EmailTaken;
        }

        var now = unitOfWork.UtcNow;
        var user = User.Create(wanted.Email, wanted.Name, UserOrigin.CreatedByAdmin, now);
        if (await guard.GrantRefusalAsync(caller, user, wanted.Roles, ct) is { } refusal)
        {
            return refusal;
        }

        if (password is not null && await passwords.SetAsync(user, password, "password", byOthers: true) is { } problem)
        {
            return problem;
        }

        user.SetRoles(wanted.Roles, now);
        accounts.Add(user, new { roles = wanted.Roles, invited = wanted.SendInvitation }, null);
        await unitOfWork.FlushAsync(ct);
        if (wanted.SendInvitation)
        {
            await links.InviteAsync(wanted.Email, user, caller, ct);
        }

        return await guard.AnswerAsync(user, ct);
    }
}

/// <summary>The account to create.</summary>
/// <param name="Name">Null uses the local part of the e-mail address.</param>
/// <param name="Password">Null for none: the user signs in by link.</param>
/// <param name="SendInvitation">Whether to e-mail a link that is valid for a week.</param>
public sealed record NewUser(EmailAddress Email, string? Name, string? Password, IReadOnlyCollection<string> Roles, bool SendInvitation);
