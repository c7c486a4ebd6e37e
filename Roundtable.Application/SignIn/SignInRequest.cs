using Roundtable.Application.Sessions;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.SignIn;

/// <summary>The parameters of a sign-in.</summary>
/// <param name="Method">The method of authentication.</param>
/// <param name="RememberMe">Whether the session persists when the browser closes.</param>
/// <param name="TrustSecret">A trusted browser's secret, which skips the second factor.</param>
public sealed record SignInRequest(SessionMethod Method, bool RememberMe, string? TrustSecret = null)
{
    public bool IsNewUser { get; init; }

    public string? CallbackUrl { get; init; }

    /// <summary>The external provider; null for other methods.</summary>
    public string? Provider { get; init; }

    /// <summary>
    /// An id created when the sign-in began, if it adds credentials: disowning it removes them. Default: that of the session.
    /// </summary>
    public string? Since { get; init; }

    /// <summary>Whether custom code or an external provider authenticated the user, which does not prove the mailbox.</summary>
    public bool ByCode { get; init; }

    /// <summary>Whether the second factor was presented; a passkey counts as both.</summary>
    public bool SecondFactorDone { get; init; }
}

/// <summary>The result of a sign-in: a session, or a two-factor challenge.</summary>
/// <param name="SignedIn">The session.</param>
/// <param name="Challenge">The secret of the pending sign-in, for its cookie; only the second step accepts it.</param>
public sealed record SignInOutcome(SignedIn? SignedIn, string? Challenge);

/// <summary>A completed sign-in.</summary>
/// <param name="UserId">The signed-in user.</param>
/// <param name="Session">The content of the cookie; never part of a response.</param>
/// <param name="IsNewUser">Whether the sign-in created the account.</param>
/// <param name="CallbackUrl">The URL to continue to.</param>
public sealed record SignedIn(string UserId, StartedSession Session, bool IsNewUser = false, string? CallbackUrl = null)
{
    /// <summary>The new value of the known-browser cookie; null if it is unchanged.</summary>
    public string? BrowserSecrets { get; init; }
}
