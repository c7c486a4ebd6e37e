using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Profiles;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>Edits and removes other users' accounts.</summary>
[ScopedService]
public sealed class UserUpdateService(
    UserEditor editor,
    AdminGuard guard,
    AccountDeletionService deletion,
    AddressRelease addresses,
    EmailChanger mover,
    ForeignCredentials foreign,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>
    /// A changed address ends sessions and pending links, is reported to the old one, and counts as unverified unless specified.
    /// Errors: <c>validation_failed</c>, <c>not_found</c>, <c>stale_version</c>, <c>forbidden</c> for a user with permissions that
    /// the caller lacks; for an address <c>session_not_fresh</c>, <c>not_on_yourself</c>, <c>email_taken</c>.
    /// </summary>
    public Task<Result<UserDto>> UpdateAsync(
        CurrentSession caller,
        string id,
        AdminUserChanges changes,
        ExpectedVersions expected,
        CancellationToken ct
    ) =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var edited = await editor.EditAsync(id, changes.Profile, ProfileFieldWriter.Admin, expected, ct);
                if (edited.Failed)
                {
                    return edited.Error!;
                }

                var user = edited.Value;
                if (
                    (
                        await guard.RefusalAsync(caller, user, ct)
                        ?? AddressRefusal(caller, user, changes)
                        ?? await MoveAsync(user, changes, ct)
                    ) is
                    { } refusal
                )
                {
                    return refusal;
                }

                audit.Record(
                    AuditActions.UserUpdated,
                    AuditTarget.User(id),
                    new { changed = changes.Names },
                    raises: new UserUpdated(EventUser.Of(user), changes.Names)
                );
                return await guard.AnswerAsync(user, ct);
            },
            ct
        );

    /// <summary>Errors: <c>not_found</c>, <c>forbidden</c>, <c>not_on_yourself</c>, <c>last_admin</c>, <c>stale_version</c>.</summary>
    public Task<Result> DeleteAsync(CurrentSession caller, string id, ExpectedVersions expected, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
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
            ct
        );

    private Error? AddressRefusal(CurrentSession caller, User user, AdminUserChanges changes)
    {
        if (changes is { Email: null, EmailVerified: null })
        {
            return null;
        }

        return user.Id == caller.UserId ? UserErrors.NotOnYourself : guard.Staleness(caller);
    }

    private async Task<Error?> MoveAsync(User user, AdminUserChanges changes, CancellationToken ct)
    {
        if (changes.Email is { } email && email.Normalized != user.NormalizedEmail)
        {
            if (!await addresses.TryReleaseToAdminAsync(email, user, ct))
            {
                return UserErrors.EmailTaken;
            }

            if (changes.EmailVerified == true)
            {
                await foreign.RemoveFromSignUpAsync(user, null, ct);
            }

            await foreign.MarkAsync(user, ct);
            await mover.MoveByAdminAsync(user, email, changes.EmailVerified ?? false, ct);
            return null;
        }

        // The same mailbox; spelling or verification differs.
        _ = EmailAddress.TryParse(user.Email, out var same);
        var (spelt, verified) = (changes.Email ?? same, changes.EmailVerified ?? user.EmailVerified);
        if (spelt.Value == user.Email && verified == user.EmailVerified)
        {
            return null;
        }

        if (verified != user.EmailVerified)
        {
            // An admin confirms that the address is the account's, not that its owner typed the password.
            await foreign.RemoveFromSignUpAsync(user, null, ct);
        }

        var before = user.Email;
        user.ChangeEmail(spelt, verified, clock.GetUtcNow().UtcDateTime);
        if (spelt.Value != before)
        {
            audit.Record(AuditActions.EmailChanged, AuditTarget.User(user.Id), raises: new EmailChanged(EventUser.Of(user), before));
        }

        return null;
    }
}

/// <summary>An admin's changes to the profile and the account.</summary>
/// <param name="Email">Null leaves it unchanged.</param>
/// <param name="EmailVerified">Null leaves it unchanged.</param>
public sealed record AdminUserChanges(UserChanges Profile, EmailAddress? Email, bool? EmailVerified)
{
    /// <summary>The changed members, for the audit log.</summary>
    public IReadOnlyList<string> Names =>
        [.. Profile.Names, .. Email is null ? (string[])[] : ["email"], .. EmailVerified is null ? (string[])[] : ["emailVerified"]];
}
