using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Profiles;
using Roundtable.Application.Sessions;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>Edits and removes other people's accounts.</summary>
[ScopedService]
public sealed class UserAdministration(
    UserEditor editor, AdminGuard guard, RoleGrants grants, AccountDeletion deletion, AddressRelease addresses, ForeignCredentials foreign,
    IOneTimeTokenRepository tokens, IAuditTrail audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>
    /// A changed address ends pending links and counts as unverified unless said otherwise. Errors: <c>validation_failed</c>,
    /// <c>not_found</c>, <c>stale_version</c>, <c>email_taken</c>, <c>forbidden</c> to move somebody who holds permissions that the caller lacks.
    /// </summary>
    public Task<Result<UserDto>> UpdateAsync(CurrentSession caller, string id, AdminUserChanges changes, ExpectedVersions expected, CancellationToken ct) =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var edited = await editor.EditAsync(id, changes.Profile, ProfileFieldWriter.Admin, expected, ct);
                if (edited.Failed)
                {
                    return edited.Error!;
                }

                var user = edited.Value;
                var before = user.Email;
                if (await MoveAsync(caller, user, changes, ct) is { } refusal)
                {
                    return refusal;
                }

                audit.Record(AuditActions.UserUpdated, AuditTarget.User(id), new { changed = changes.Names }, raises: new UserUpdated(EventUser.Of(user), changes.Names));
                if (user.Email != before)
                {
                    audit.Record(AuditActions.EmailChanged, AuditTarget.User(id), raises: new EmailChanged(EventUser.Of(user), before));
                }

                return await guard.AnswerAsync(user, ct);
            },
            ct);

    /// <summary>Errors: <c>not_found</c>, <c>not_on_yourself</c>, <c>last_admin</c>, <c>stale_version</c>.</summary>
    public Task<Result> DeleteAsync(CurrentSession caller, string id, ExpectedVersions expected, CancellationToken ct) => unitOfWork.ExecuteAsync<Result>(
        async ct =>
        {
            var target = await guard.LoadForRemovalAsync(caller, id, expected, ct);
            if (target.Failed)
            {
                return target.Error!;
            }

            await deletion.RemoveAsync(target.Value, ct);
            return Result.Success;
        },
        ct);

    private async Task<Error?> MoveAsync(CurrentSession caller, User user, AdminUserChanges changes, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var moves = changes.Email is { } email && email.Value != user.Email;
        if ((moves || changes.EmailVerified is not null) && await grants.OutranksAsync(caller, user, ct))
        {
            return Errors.Forbidden;
        }

        if (moves)
        {
            if (!await addresses.TryReleaseToAdminAsync(changes.Email!, user, ct))
            {
                return UserErrors.EmailTaken;
            }

            await tokens.RevokeAllAsync(user.Id, user.NormalizedEmail, undosAfterId: null, ct);
            if (changes.EmailVerified == true)
            {
                await foreign.RemoveFromSignUpAsync(user, null, ct);
            }

            await foreign.MarkAsync(user, ct);
            user.ChangeEmail(changes.Email!, changes.EmailVerified ?? false, now);
        }
        else if (changes.EmailVerified is { } verified && verified != user.EmailVerified)
        {
            // An admin says that the address is the account's, not that its owner typed the password.
            await foreign.RemoveFromSignUpAsync(user, null, ct);
            _ = EmailAddress.TryParse(user.Email, out var same);
            user.ChangeEmail(same, verified, now);
        }

        return null;
    }
}

/// <summary>What an admin can change besides the profile.</summary>
/// <param name="Email">Null leaves it.</param>
/// <param name="EmailVerified">Null leaves it.</param>
public sealed record AdminUserChanges(UserChanges Profile, EmailAddress? Email, bool? EmailVerified)
{
    /// <summary>What is to change, for the audit log.</summary>
    public IReadOnlyList<string> Names =>
        [.. Profile.Names, .. Email is null ? (string[])[] : ["email"], .. EmailVerified is null ? (string[])[] : ["emailVerified"]];
}
