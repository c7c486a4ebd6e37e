using Microsoft.Extensions.Options;
using Roundtable.Api.Logging;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Sessions;
using Roundtable.Infrastructure.Common;

namespace Roundtable.Api.Authentication;

/// <summary>Records that a session is in use and extends it at most once per <c>RefreshAfter</c>.</summary>
internal sealed class SessionTouch(
    ISessionRepository sessions,
    IUnitOfWork unitOfWork,
    IOptions<AuthOptions> options,
    IDatabaseErrors errors,
    ILogger<SessionTouch> logger
)
{
    // Often enough for users to recognise their devices, rarely enough that most reads stay read-only.
    private static readonly TimeSpan TouchAfter = TimeSpan.FromMinutes(5);

    public static bool IsDue(CurrentSession session, AuthOptions options, DateTime now) =>
        now - session.LastSeenAtUtc >= TouchAfter || Refreshed(session, options, now) is not null;

    /// <summary>
    /// Returns the updated session, or the unchanged one if the database accepts no writes at the moment, which is no reason to
    /// reject a read.
    /// </summary>
    public async Task<CurrentSession> TouchAsync(CurrentSession session, DateTime now, CancellationToken ct)
    {
        var expiresAtUtc = Refreshed(session, options.Value, now);
        try
        {
            await unitOfWork.ExecuteAsync<Result>(
                async ct =>
                {
                    await sessions.TouchAsync(session, expiresAtUtc, now, ct);
                    return Result.Success;
                },
                ct
            );
        }
        catch (Exception e) when (errors.IsUnavailable(e))
        {
            ApiLog.SessionNotTouched(logger, session.Id, e.GetBaseException().Message);
            return session;
        }

        return session with
        {
            LastSeenAtUtc = now,
            ExpiresAtUtc = expiresAtUtc ?? session.ExpiresAtUtc,
        };
    }

    private static DateTime? Refreshed(CurrentSession session, AuthOptions options, DateTime now) =>
        session.Method == SessionMethod.Impersonation || now - session.RefreshedAtUtc < options.Session.RefreshAfter
            ? null
            : options.Session.EndOf(session.RememberMe, session.CreatedAtUtc, now);
}
