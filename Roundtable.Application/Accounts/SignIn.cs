using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>The last step of every way to sign in, once somebody has proved who they are.</summary>
public sealed class SignIn(SessionStarter starter, ISessionRepository sessions, IUserRepository users, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>Opens a session within the running transaction. Errors: <c>user_banned</c>.</summary>
    public async Task<Result<SignedIn>> CompleteAsync(User user, SessionMethod method, bool rememberMe, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (user.IsBanned(now))
        {
            return UserErrors.Banned(user);
        }

        var started = await starter.StartAsync(user, method, rememberMe, ct);
        await unitOfWork.FlushAsync(ct);
        var session = await sessions.FindAsync(started.Id, user.Id, now, ct);
        var account = await users.ReadAsync(user.Id, ct);
        return new SignedIn(account!, session! with { Current = true }, started);
    }
}

/// <summary>What came of signing in.</summary>
/// <param name="User">Who is signed in.</param>
/// <param name="Session">The new session.</param>
/// <param name="Cookie">What the cookie is made of; never part of an answer.</param>
public sealed record SignedIn(UserDto User, SessionDto Session, StartedSession Cookie)
{
    public bool IsNewUser { get; init; }

    public string? CallbackUrl { get; init; }
}
