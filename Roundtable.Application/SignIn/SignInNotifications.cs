using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.SignIn;

/// <summary>
/// Mails a notice of a sign-in from a browser that the account has not used before, with a link to disown it. An account's first sign-in
/// causes none.
/// </summary>
[ScopedService]
public sealed class SignInNotifications(AccountMailer mailer, TimeProvider clock)
{
    /// <summary>How long a sign-in can be disowned.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(7);

    /// <summary>Queues the notice in the running transaction.</summary>
    /// <param name="sessionId">The new session; what is set after it can be removed by the link.</param>
    public Task SendAsync(User user, SignInRequest request, string sessionId, CancellationToken ct)
    {
        var payload = new NotMePayload(user.Email, sessionId, request.Since);
        var link = new AccountLink(TokenPurpose.NotMe, MailTemplates.NewDevice, "not-me", LinkLifetime, payload)
        {
            // A unique subject: newer notices do not supersede it.
            Subject = EntityId.New(clock.GetUtcNow().UtcDateTime),
            IsWarning = true,
        };
        return mailer.SendLinkAsync(link, user, user.Email, ct, ("method", Describe(request)));
    }

    private static string Describe(SignInRequest request) =>
        request.Method switch
        {
            SessionMethod.MagicLink => MailPhrases.ByLink,
            SessionMethod.Passkey => MailPhrases.ByPasskey,
            SessionMethod.External => MailPhrases.ByLogin,
            SessionMethod.Password => MailPhrases.ByPassword,
            _ => throw new InvalidOperationException($"{request.Method} is not a first step."),
        };
}

/// <summary>The data for disowning a sign-in.</summary>
/// <param name="Email">The address that the notice went to.</param>
/// <param name="SessionId">The session of the sign-in.</param>
/// <param name="Since">An id created when the sign-in began; null for that of the session.</param>
public sealed record NotMePayload(string Email, string SessionId, string? Since = null);
