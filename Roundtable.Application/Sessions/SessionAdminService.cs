using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>Lets admins list and end the sessions of any user.</summary>
[ScopedService]
public sealed class SessionAdminService(
    ISessionRepository sessions,
    TrustedBrowsers trusted,
    IUserRepository users,
    AdminGuard guard,
    IUnitOfWork unitOfWork,
    IAuditTrail audit
)
{
    private DateTime Now => unitOfWork.UtcNow;

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<IReadOnlyList<SessionDto>>> ListAsync(Caller caller, string userId, CancellationToken ct)
    {
        if (!await users.ExistsAsync(userId, ct))
        {
            return UserErrors.NotFound(userId);
        }

        var list = await sessions.ListAsync(userId, Now, ct);
        return list.Select(s => s with { Current = s.Id == caller.SessionId }).ToList();
    }

    /// <summary>Ends all sessions of a user. Errors: <c>not_found</c>, <c>forbidden</c>.</summary>
    /// <param name="keepSessionId">The session to keep; null for none.</param>
    public Task<Result> RevokeAllAsync(Caller caller, string userId, string? keepSessionId, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await guard.LoadAsync(caller, userId, ExpectedVersions.Any, ct) is { Failed: true } refused)
                {
                    return refused.Error!;
                }

                var count = await sessions.EndAllAsync(userId, keepSessionId, SessionEndReason.RevokedByAdmin, Now, ct);
                await trusted.RevokeAllAsync(userId, keepSessionId, ct);
                audit.Record(
                    AuditActions.SessionsRevoked,
                    AuditTarget.User(userId),
                    new { count },
                    raises: new SessionsRevoked(userId, count)
                );
                return Result.Success;
            },
            ct
        );

    /// <summary>Ends one session of any user. Errors: <c>not_found</c>, <c>forbidden</c>.</summary>
    public Task<Result> RevokeAsync(Caller caller, string id, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await sessions.FindOwnerAsync(id, Now, ct) is not { } owner)
                {
                    return SessionErrors.NotFound(id);
                }

                if (await guard.LoadAsync(caller, owner, ExpectedVersions.Any, ct) is { Failed: true } refused)
                {
                    return refused.Error!;
                }

                if (!await sessions.EndAsync(id, SessionEndReason.RevokedByAdmin, Now, ct))
                {
                    return SessionErrors.NotFound(id);
                }

                await trusted.RevokeAsync(owner, id, ct);
                audit.Record(
                    AuditActions.SessionRevoked,
                    AuditTarget.Session(id, owner),
                    new { userId = owner },
                    raises: new SessionRevoked(owner, id)
                );
                return Result.Success;
            },
            ct
        );
}
