using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Transfer;

/// <summary>Reads and adds users in bulk, with bounded memory.</summary>
public interface IUserTransfer
{
    /// <summary>Reads all users that match the filter, by id, in small batches, so that a slow consumer blocks nothing.</summary>
    IAsyncEnumerable<ExportedUserDto> ReadAllAsync(UserFilter filter, CancellationToken ct);

    /// <summary>
    /// Returns the normalised addresses that have an account, each with whether it is a sign-up with an unverified address.
    /// </summary>
    Task<IReadOnlyDictionary<string, bool>> FindTakenAsync(IReadOnlyCollection<string> normalizedEmails, CancellationToken ct);

    /// <summary>Returns those of the logins that are connected to an account.</summary>
    Task<IReadOnlySet<TransferredLogin>> FindTakenLoginsAsync(IReadOnlyCollection<TransferredLogin> logins, CancellationToken ct);

    void Add(User user);

    void Add(UserLogin login);
}
