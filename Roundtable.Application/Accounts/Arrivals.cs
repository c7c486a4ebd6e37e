using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Events;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>What goes with a sign-in: the configured role at the first one, and a notice when the device is new.</summary>
[ScopedService]
public sealed class Arrivals(
    ISessionRepository sessions, UserMailer mailer, IRequestContext context, IAuditTrail audit, IOptions<AuthOptions> options, TimeProvider clock)
{
    public async Task WelcomeAsync(User user, SignInRequest request, CancellationToken ct)
    {
        if (user.LastSeenOrEpochUtc == User.NeverSeen)
        {
            GrantConfiguredRole(user, request);
            return;
        }

        var device = Devices.Describe(context.UserAgent);
        var known = await sessions.ListUserAgentsAsync(user.Id, ct);
        if (!known.Any(agent => Devices.Describe(agent) == device))
        {
            mailer.Send(MailTemplates.NewDevice, user, ("method", Describe(request)));
        }
    }

    private static string Describe(SignInRequest request) => request.Method switch
    {
        Domain.Sessions.SessionMethod.MagicLink => "a link by mail",
        Domain.Sessions.SessionMethod.Passkey => "a passkey",
        _ => "a password",
    };

    // Only to whoever showed that the address is theirs: an account that somebody else made with a password proves nothing.
    private void GrantConfiguredRole(User user, SignInRequest request)
    {
        if (user.EmailVerified
            && (request.Method == Domain.Sessions.SessionMethod.MagicLink || user.Origin == UserOrigin.SelfRegistered)
            && options.Value.AdminEmails.Any(e => EmailAddress.Normalize(e) == user.NormalizedEmail)
            && !user.IsInRole(Role.AdminName))
        {
            List<string> before = [.. user.Roles.Select(r => r.RoleName)];
            user.SetRoles(before.Append(Role.AdminName), clock.GetUtcNow().UtcDateTime);
            audit.Record(AuditActions.UserRolesChanged, AuditTarget.User(user.Id), new { granted = Role.AdminName, reason = "Auth:AdminEmails" }, user, new UserRolesChanged(EventUser.Of(user), before));
        }
    }
}
