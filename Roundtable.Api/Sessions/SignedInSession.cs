using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Api.Sessions;

/// <summary>The current session and its user.</summary>
public sealed record SignedInSession
{
    /// <summary>The signed-in user.</summary>
    public required UserDto User { get; init; }

    /// <summary>The session of this browser.</summary>
    public required SessionDto Session { get; init; }

    /// <summary>The user's permissions from all roles.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
}
