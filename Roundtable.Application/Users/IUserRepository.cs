using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>Stores accounts. <c>Load…</c> returns an entity to change in a unit of work, <c>Read…</c> a DTO for responses.</summary>
public interface IUserRepository
{
    /// <summary>Adds an account; for a taken address, <see cref="IUnitOfWork"/> returns <c>email_taken</c>.</summary>
    void Add(User user);

    /// <summary>Includes profile and roles.</summary>
    Task<User?> LoadAsync(string id, CancellationToken ct);

    /// <summary>Includes profile, roles, credentials, passkeys and recovery codes.</summary>
    Task<User?> LoadWithCredentialsAsync(string id, CancellationToken ct);

    Task<User?> LoadByEmailAsync(string normalizedEmail, CancellationToken ct);

    /// <summary>Includes profile, roles and credentials, but neither passkeys nor recovery codes.</summary>
    Task<User?> LoadForSignInAsync(string id, CancellationToken ct);

    /// <summary>As <see cref="LoadForSignInAsync"/>, by e-mail address.</summary>
    Task<User?> LoadForSignInByEmailAsync(string normalizedEmail, CancellationToken ct);

    /// <summary>Whether sign-in requires a second factor.</summary>
    Task<bool> HasTwoFactorAsync(string id, CancellationToken ct);

    /// <summary>
    /// Locks the row of a loaded user until the transaction ends, and retries the unit of work if the row has changed since. Call it
    /// before creating anything that a ban, a reset or a deletion ends.
    /// </summary>
    Task ClaimAsync(User user, CancellationToken ct);

    /// <summary>Removes the account and every row that refers to it, except audit entries.</summary>
    Task RemoveAsync(User user, CancellationToken ct);

    Task<bool> ExistsAsync(string id, CancellationToken ct);

    /// <summary>Reads the account with the unit of work's changes.</summary>
    Task<UserDto?> ReadAsync(string id, CancellationToken ct);

    /// <summary>
    /// Counts the admins who are not banned, excluding this user. Until the transaction ends, other transactions wait at this point,
    /// so that the result stays valid.
    /// </summary>
    Task<int> CountOtherAdminsAsync(string userId, CancellationToken ct);
}

/// <summary>Lists users page by page.</summary>
public interface IUserListRepository
{
    /// <summary>Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<UserDto>>> ListAsync(UserFilter filter, UserOrder order, PageRequest page, CancellationToken ct);
}

/// <summary>Filters users; all conditions must hold, null matches any.</summary>
/// <param name="Search">Part of the address or name, case-insensitive.</param>
/// <param name="Role">The name of a role that the user holds.</param>
/// <param name="Banned">Whether the user is banned now.</param>
/// <param name="EmailVerified">Whether the address is verified.</param>
/// <param name="CreatedFromUtc">Created at or after.</param>
/// <param name="CreatedToUtc">Created before.</param>
/// <param name="LastSeenFromUtc">Last seen at or after.</param>
public sealed record UserFilter(
    string? Search = null,
    string? Role = null,
    bool? Banned = null,
    bool? EmailVerified = null,
    DateTime? CreatedFromUtc = null,
    DateTime? CreatedToUtc = null,
    DateTime? LastSeenFromUtc = null
);

/// <summary>The sort order of the user list.</summary>
public sealed record UserOrder(UserSort Sort, bool Descending);

/// <summary>The sort keys of the user list.</summary>
public enum UserSort
{
    CreatedAt,
    Email,
    Name,
    LastSeenAt,
}
