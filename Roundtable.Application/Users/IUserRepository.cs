using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>The accounts. <c>Load…</c> gives an entity to change within a unit of work, <c>Read…</c> what an answer shows.</summary>
public interface IUserRepository
{
    /// <summary>Adds an account; a taken address surfaces as <c>email_taken</c> from <see cref="IUnitOfWork"/>.</summary>
    void Add(User user);

    /// <summary>With profile and roles.</summary>
    Task<User?> LoadAsync(string id, CancellationToken ct);

    /// <summary>With profile, roles, credentials, passkeys and recovery codes.</summary>
    Task<User?> LoadWithCredentialsAsync(string id, CancellationToken ct);

    Task<User?> LoadByEmailAsync(string normalizedEmail, CancellationToken ct);

    /// <summary>With profile, roles and credentials, but neither passkeys nor recovery codes.</summary>
    Task<User?> LoadForSignInAsync(string id, CancellationToken ct);

    /// <summary>As <see cref="LoadForSignInAsync"/>, by address.</summary>
    Task<User?> LoadForSignInByEmailAsync(string normalizedEmail, CancellationToken ct);

    /// <summary>Whether signing in asks for a second factor.</summary>
    Task<bool> HasTwoFactorAsync(string id, CancellationToken ct);

    /// <summary>
    /// Locks the row of a loaded user until the transaction ends, and repeats the unit of work when the row has changed since. What opens
    /// something that a ban, a reset or a deletion ends calls it first.
    /// </summary>
    Task ClaimAsync(User user, CancellationToken ct);

    /// <summary>Removes the account and every row that names it, the audit log's own entries aside.</summary>
    Task RemoveAsync(User user, CancellationToken ct);

    Task<bool> ExistsAsync(string id, CancellationToken ct);

    /// <summary>The account with what the unit of work has changed.</summary>
    Task<UserDto?> ReadAsync(string id, CancellationToken ct);

    /// <summary>The mails that concern a user and are still on record, newest first.</summary>
    Task<IReadOnlyList<MailRecordDto>> ListMailsAsync(string id, CancellationToken ct);

    /// <summary>
    /// How many admins there are who are not banned, this user not counted. Until the transaction ends no other one gets past
    /// this point, so that the answer stays true.
    /// </summary>
    Task<int> CountOtherAdminsAsync(string userId, CancellationToken ct);
}

/// <summary>The users' list, page by page.</summary>
public interface IUserListRepository
{
    /// <summary>Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<UserDto>>> ListAsync(UserFilter filter, UserOrder order, PageRequest page, CancellationToken ct);
}

/// <summary>Which users are wanted; all conditions hold at once, null means any.</summary>
/// <param name="Search">Part of the address or name, in any case.</param>
/// <param name="Role">The name of a role that they hold.</param>
/// <param name="Banned">Whether they are kept out now.</param>
/// <param name="EmailVerified">Whether their address is verified.</param>
/// <param name="CreatedFromUtc">Made at or after.</param>
/// <param name="CreatedToUtc">Made before.</param>
/// <param name="LastSeenFromUtc">Seen at or after.</param>
public sealed record UserFilter(
    string? Search = null,
    string? Role = null,
    bool? Banned = null,
    bool? EmailVerified = null,
    DateTime? CreatedFromUtc = null,
    DateTime? CreatedToUtc = null,
    DateTime? LastSeenFromUtc = null
);

/// <summary>In which order users are listed.</summary>
public sealed record UserOrder(UserSort Sort, bool Descending);

/// <summary>By what users can be sorted.</summary>
public enum UserSort
{
    CreatedAt,
    Email,
    Name,
    LastSeenAt,
}
