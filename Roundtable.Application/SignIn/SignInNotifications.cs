using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.SignIn;

/// <summary>Grants the configured role at sign-in and notifies the user of a new device.</summary>
[ScopedService]
public sealed class SignInNotifications(ISessionRepository sessions, UserMailer mailer, IRequestContext context, ConfiguredAdmins admins)
{
    public async Task NotifyAsync(User user, SignInRequest request, CancellationToken ct)
    {
        await admins.GrantAsync(user, byMailedLink: request is { Method: SessionMethod.MagicLink, ByCode: false }, ct);
        if (user.LastSeenOrEpochUtc == User.NeverSeen)
        {
            return;
        }

        var device = Devices.Describe(context.UserAgent);
        var known = await sessions.ListUserAgentsAsync(user.Id, ct);
        if (!known.Any(agent => Devices.Describe(agent) == device))
        {
            mailer.Send(MailTemplates.NewDevice, user, ("method", Describe(request)));
        }
    }

    private static string Describe(SignInRequest request) =>
        request.Method switch
        {
            SessionMethod.MagicLink => "a link by mail",
            SessionMethod.Passkey => "a passkey",
            _ => "a password",
        };
}
