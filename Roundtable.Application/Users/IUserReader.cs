namespace Roundtable.Application.Users;

/// <summary>What pages show of one account.</summary>
public interface IUserReader
{
    /// <summary>
    /// The account as it was committed last, in one query; null when there is none. A unit of work that wants to see its own changes
    /// asks <see cref="IUserRepository.ReadAsync"/>.
    /// </summary>
    Task<UserDto?> ReadAsync(string id, CancellationToken ct);
}
