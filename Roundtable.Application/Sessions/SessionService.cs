using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>Lets users list and end their own sessions.</summary>
[ScopedService]
public sealed class SessionService(
    ISessionRepository sessions,
    TrustedBrowsers trusted,
    IUnitOfWork unitOfWork,
    IRequestContext context,
    IAuditTrail audit,
    TimeProvider clock
)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Result<IReadOnlyList<SessionDto>>> ListAsync(CurrentSession caller, CancellationToken ct)
    {
        var list = await sessions.ListAsync(caller.UserId, Now, ct);
        return list.Select(s => s with { Current = s.Id == caller.Id }).ToList();
    }

    /// <summary>Errors: <c>not_found</c>, also for other users' sessions.</summary>
    public Task<Result> RevokeAsync(CurrentSession caller, string id, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (
                    await sessions.FindOwnerAsync(id, Now, ct) != caller.UserId
                    || !await sessions.EndAsync(id, SessionEndReason.RevokedByUser, Now, ct)
                )
                {
                    return SessionErrors.NotFound(id);
                }

                await trusted.RevokeAsync(caller.UserId, id, ct);
                audit.Record(
                    AuditActions.SessionRevoked,
                    AuditTarget.Session(id, caller.UserId),
                    new { userId = caller.UserId },
                    raises: new SessionRevoked(caller.UserId, id)
                );
                return Result.Success;
            },
            ct
        );

    public Task<Result> RevokeOthersAsync(CurrentSession caller, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var count = await sessions.EndAllAsync(caller.UserId, caller.Id, SessionEndReason.RevokedByUser, Now, ct);
                await trusted.RevokeAllAsync(caller.UserId, caller.Id, ct);
                audit.Record(
                    AuditActions.SessionsRevoked,
                    AuditTarget.User(caller.UserId),
                    new { count },
                    raises: new SessionsRevoked(caller.UserId, count)
                );
                return Result.Success;
            },
            ct
        );

    /// <summary>Ends the caller's session on the server, so that a copied cookie is useless. Does nothing without a session.</summary>
    public Task<Result> SignOutAsync(CancellationToken ct) =>
        context.Session is not { } caller
            ? Task.FromResult(Result.Success)
            : unitOfWork.ExecuteAsync<Result>(
                async ct =>
                {
                    // Signing out of an impersonation also ends the admin's own session.
                    var id = caller.Impersonator?.SessionId ?? caller.Id;
                    if (await sessions.EndAsync(id, SessionEndReason.SignedOut, Now, ct))
                    {
                        audit.Record(
                            AuditActions.SessionEnded,
                            AuditTarget.Session(id, caller.Impersonator?.UserId ?? caller.UserId),
                            new { userId = caller.Impersonator?.UserId ?? caller.UserId }
                        );
                    }

                    return Result.Success;
                },
                ct
            );
}
