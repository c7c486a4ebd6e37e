using AutoMapper;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Application.Accounts;

/// <summary>What people see of the session that they just got.</summary>
[ScopedService]
public sealed class SignInViews(ICurrentSessions sessions, IUserReader users, IMapper mapper, TimeProvider clock)
{
    /// <summary>
    /// To be asked once the sign-in is committed, so that no transaction is held up by it. Errors: <c>unauthenticated</c> when the session
    /// has ended meanwhile.
    /// </summary>
    public async Task<Result<SignInView>> GetAsync(SignedIn signedIn, CancellationToken ct) =>
        await sessions.FindAsync(SessionSecret.Hash(signedIn.Session.Secret), clock.GetUtcNow().UtcDateTime, ct) is { } session
        && await users.ReadAsync(signedIn.UserId, ct) is { } user
            ? new SignInView(user, mapper.Map<SessionDto>(session))
            : Errors.Unauthenticated;
}

/// <summary>Who is signed in, and the new session.</summary>
public sealed record SignInView(UserDto User, SessionDto Session);
