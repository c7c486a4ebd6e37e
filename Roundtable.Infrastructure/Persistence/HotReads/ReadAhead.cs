using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>
/// Caches a user that was read together with its session, for the next read in the same request; empty once something is written.
/// </summary>
internal sealed class ReadAhead
{
    private UserDto? user;

    public void Keep(UserDto read) => user = read;

    /// <summary>Returns it once; later calls read again.</summary>
    public UserDto? Take(string id)
    {
        var taken = user?.Id == id ? user : null;
        Clear();
        return taken;
    }

    public void Clear() => user = null;
}
