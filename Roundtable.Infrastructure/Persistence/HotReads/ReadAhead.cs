using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>
/// An account that was read along with its session, for who asks for it next in the same request; nobody once something is written.
/// </summary>
internal sealed class ReadAhead
{
    private UserDto? user;

    public void Keep(UserDto read) => user = read;

    /// <summary>Once: who asks again reads again.</summary>
    public UserDto? Take(string id)
    {
        var taken = user?.Id == id ? user : null;
        Forget();
        return taken;
    }

    public void Forget() => user = null;
}
