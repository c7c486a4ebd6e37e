using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>Edits an account for its owner or an admin.</summary>
[ScopedService]
public sealed class UserEditor(IUserRepository users, ProfileFields fields, TimeProvider clock)
{
    /// <summary>
    /// Errors: <c>validation_failed</c>, <c>not_found</c>, <c>stale_version</c> if the current version is not an expected one.
    /// </summary>
    /// <param name="by">User or admin: some fields are for admins only.</param>
    public async Task<Result<User>> EditAsync(
        string id,
        UserChanges changes,
        ProfileFieldWriter by,
        ExpectedVersions expected,
        CancellationToken ct
    )
    {
        if (changes.Check(fields, by) is { } problem)
        {
            return problem;
        }

        if (await users.LoadAsync(id, ct) is not { } user)
        {
            return UserErrors.NotFound(id);
        }

        if (!expected.Allow(user.Version))
        {
            return Errors.StaleVersion;
        }

        Apply(user, changes, clock.GetUtcNow().UtcDateTime);
        return user;
    }

    private void Apply(User user, UserChanges changes, DateTime now)
    {
        if (changes.Name.IsPresent)
        {
            user.Rename(changes.Name.Value!, now);
        }

        if (changes.Image.IsPresent)
        {
            user.ChangeImage(changes.Image.Value, now);
        }

        if (changes.Bio.IsPresent || changes.Locale.IsPresent || changes.TimeZone.IsPresent)
        {
            var profile = user.Profile;
            user.ChangeProfile(changes.Bio.Or(profile.Bio), changes.Locale.Or(profile.Locale), changes.TimeZone.Or(profile.TimeZone), now);
        }

        if (changes.Extra.Value is { Count: > 0 } extra)
        {
            user.ChangeExtra(fields.Merge(user.Profile.Extra, extra), now);
        }
    }
}
