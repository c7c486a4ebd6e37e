using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Impersonation;

/// <summary>Lets admins impersonate a user, with the user's rights, for a limited time and audited.</summary>
[ScopedService]
public sealed class ImpersonationService(
    AdminGuard guard,
    ISessionRepository sessions,
    IAuditTrail audit,
    IRequestContext context,
    IUnitOfWork unitOfWork,
    IOptions<AuthOptions> options
)
{
    /// <summary>
    /// Starts an impersonation session, which ends with the admin's own session. Errors: <c>not_found</c>; <c>forbidden</c> for an
    /// admin, the caller, a banned user or a user with permissions that the caller lacks, and during another impersonation.
    /// </summary>
    public Task<Result<SignedIn>> StartAsync(CurrentSession caller, string id, string reason, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<SignedIn>>(
            async ct =>
            {
                var target = await guard.LoadAsync(caller, id, ExpectedVersions.Any, ct);
                if (target.Failed)
                {
                    return target.Error!;
                }

                var user = target.Value;
                var now = unitOfWork.UtcNow;
                if (caller.Impersonator is not null || id == caller.UserId || user.IsInRole(Role.AdminName) || user.IsBanned(now))
                {
                    return ImpersonationErrors.NotThisUser;
                }

                var secret = OneTimeTokens.NewSecret();
                var session = Session.Start(
                    new SessionStart(
                        id,
                        SessionSecret.Hash(secret),
                        SessionMethod.Impersonation,
                        RememberMe: false,
                        options.Value.Impersonation.Lifetime,
                        context.IpAddress,
                        context.UserAgent,
                        Impersonation: new Domain.Sessions.Impersonation(caller.Id, caller.UserId, reason)
                    ),
                    now
                );
                await sessions.AddAsync(session, user, ct);

                // This cookie replaces the admin's in the browser: the admin's session must not outlive an impersonation that is
                // never stopped.
                await sessions.LimitAsync(caller.Id, session.ExpiresAtUtc, now, ct);
                audit.Record(
                    AuditActions.ImpersonationStarted,
                    AuditTarget.User(id),
                    new { reason, sessionId = session.Id },
                    raises: new ImpersonationStarted(EventUser.Of(user), session.Id, reason)
                );
                return new SignedIn(id, new StartedSession(session.Id, secret, false, now, session.ExpiresAtUtc));
            },
            ct
        );

    /// <summary>
    /// Ends the impersonation and restores the admin's session in the browser. Errors: <c>conflict</c> if none is active,
    /// <c>unauthenticated</c> if the admin's session has ended.
    /// </summary>
    public Task<Result<SignedIn>> StopAsync(CurrentSession caller, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<SignedIn>>(
            async ct =>
            {
                if (caller.Impersonator is not { } admin)
                {
                    return ImpersonationErrors.NotImpersonating;
                }

                var now = unitOfWork.UtcNow;
                await sessions.EndAsync(caller.Id, SessionEndReason.ImpersonationStopped, now, ct);
                audit.Record(AuditActions.ImpersonationStopped, AuditTarget.User(caller.UserId), new { sessionId = caller.Id });

                // The admin's cookie was replaced and its secret is stored nowhere, so the session continues with a new secret.
                var secret = OneTimeTokens.NewSecret();
                var lifetimes = options.Value.Session;
                if (
                    await sessions.RekeyAsync(
                        admin.SessionId,
                        SessionSecret.Hash(secret),
                        (rememberMe, createdAtUtc) => lifetimes.EndOf(rememberMe, createdAtUtc, now),
                        now,
                        ct
                    )
                    is not { } own
                )
                {
                    return Errors.Unauthenticated;
                }

                return new SignedIn(admin.UserId, new StartedSession(admin.SessionId, secret, own.RememberMe, now, own.ExpiresAtUtc));
            },
            ct
        );
}
