namespace Roundtable.Application.Users;

/// <summary>Reads one account for display.</summary>
public interface IUserReader
{
    /// <summary>
    /// Returns the last committed state of the account, in one query; null if there is none. A unit of work that must see its own
    /// changes calls <see cref="IUserRepository.ReadAsync"/>.
    /// </summary>
    Task<UserDto?> ReadAsync(string id, CancellationToken ct);
}
