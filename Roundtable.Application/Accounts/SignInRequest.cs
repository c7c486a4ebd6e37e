using Roundtable.Application.Sessions;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Accounts;

/// <summary>How somebody signs in.</summary>
/// <param name="Method">What they proved it with.</param>
/// <param name="RememberMe">Whether the session outlives the browser.</param>
/// <param name="TrustSecret">What the browser shows to skip the second factor.</param>
public sealed record SignInRequest(SessionMethod Method, bool RememberMe, string? TrustSecret = null)
{
    public bool IsNewUser { get; init; }

    public string? CallbackUrl { get; init; }

    /// <summary>Whether code of somebody's own, or an external provider, has made sure of the user: no proof of the mailbox.</summary>
    public bool ByCode { get; init; }

    /// <summary>Whether the second factor was shown; a passkey counts as both.</summary>
    public bool SecondFactorDone { get; init; }
}

/// <summary>What came of signing in: a session, or the question for the second factor.</summary>
/// <param name="SignedIn">The session.</param>
/// <param name="Challenge">The secret of the half-signed-in state, for its cookie; only the second step accepts it.</param>
public sealed record SignInOutcome(SignedIn? SignedIn, string? Challenge);

/// <summary>A finished sign-in.</summary>
/// <param name="UserId">Who is signed in.</param>
/// <param name="Session">What the cookie is made of; never part of an answer.</param>
/// <param name="IsNewUser">Whether signing in made the account.</param>
/// <param name="CallbackUrl">Where to go on to.</param>
public sealed record SignedIn(string UserId, StartedSession Session, bool IsNewUser = false, string? CallbackUrl = null)
{
    /// <summary>What the cookie by which accounts know this browser holds from now on; null where it stays as it is.</summary>
    public string? BrowserSecrets { get; init; }
}
