using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Profiles;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Administration;

/// <summary>Edits and removes other users' accounts.</summary>
[ScopedService]
public sealed class UserUpdateService(
    UserEditor editor,
    AdminGuard guard,
    AccountDeletionService deletion,
    AdminEmailChange addresses,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// A changed address ends sessions and pending links, is reported to the old one, and counts as unverified unless specified.
    /// Errors: <c>validation_failed</c>, <c>not_found</c>, <c>stale_version</c>, <c>forbidden</c> for a user with permissions that
    /// the caller lacks; for an address <c>session_not_fresh</c>, <c>not_on_yourself</c>, <c>email_taken</c>.
    /// </summary>
    public Task<Result<UserDto>> UpdateAsync(
        Caller caller,
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
                        ?? await addresses.ApplyAsync(user, changes.Email, changes.EmailVerified, ct)
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
    public Task<Result> DeleteAsync(Caller caller, string id, ExpectedVersions expected, CancellationToken ct) =>
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

    private Error? AddressRefusal(Caller caller, User user, AdminUserChanges changes)
    {
        if (changes is { Email: null, EmailVerified: null })
        {
            return null;
        }

        return user.Id == caller.PrincipalId ? UserErrors.NotOnYourself : guard.CheckFreshness(caller);
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
