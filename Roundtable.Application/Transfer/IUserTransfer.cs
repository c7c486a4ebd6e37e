using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Transfer;

/// <summary>Users in bulk, a bounded number in memory at a time.</summary>
public interface IUserTransfer
{
    /// <summary>All users that the filter finds, by id, read in short pieces so that a slow reader holds nothing up.</summary>
    IAsyncEnumerable<UserDto> ReadAllAsync(UserFilter filter, CancellationToken ct);

    /// <summary>
    /// Those of the normalised addresses that have an account, with whether it is a sign-up whose address is not verified.
    /// </summary>
    Task<IReadOnlyDictionary<string, bool>> FindTakenAsync(IReadOnlyCollection<string> normalizedEmails, CancellationToken ct);

    void Add(User user);
}
