using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Sessions;
using Roundtable.Application.Statistics;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Administration;

/// <summary>Bans and unbans users.</summary>
[ScopedService]
public sealed class BanService(
    AdminGuard guard,
    ISessionRepository sessions,
    IStatistics statistics,
    UserMailer mailer,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Bans a user and ends their sessions at once. Errors: <c>validation_failed</c>, <c>not_found</c>, <c>forbidden</c>,
    /// <c>not_on_yourself</c>, <c>last_admin</c>, <c>stale_version</c>.
    /// </summary>
    /// <param name="untilUtc">When the ban expires; null for a permanent ban.</param>
    public Task<Result<UserDto>> BanAsync(
        Caller caller,
        string id,
        string reason,
        DateTime? untilUtc,
        ExpectedVersions expected,
        CancellationToken ct
    )
    {
        var now = unitOfWork.UtcNow;
        if (untilUtc <= now)
        {
            return Task.FromResult<Result<UserDto>>(Errors.Invalid("expiresAt", FieldErrors.BanInThePast));
        }

        return unitOfWork.ExecuteAsync(
            async ct =>
            {
                var target = await guard.LoadForRemovalAsync(caller, id, expected, ct);
                if (target.Failed)
                {
                    return target.Error!;
                }

                await ApplyBanAsync(target.Value, reason, untilUtc, ct);
                return await guard.AnswerAsync(target.Value, ct);
            },
            ct
        );
    }

    /// <summary>In the running transaction, bans the user, ends all sessions, audits and queues the notice.</summary>
    public async Task ApplyBanAsync(User user, string reason, DateTime? untilUtc, CancellationToken ct)
    {
        var now = unitOfWork.UtcNow;
        user.Ban(reason, untilUtc, now);
        await sessions.EndAllAsync(user.Id, null, SessionEndReason.Banned, now, ct);
        statistics.Count(Metric.Bans);
        audit.Record(
            AuditActions.UserBanned,
            AuditTarget.User(user.Id),
            new { reason, expiresAt = untilUtc },
            raises: new UserBanned(EventUser.Of(user), reason, untilUtc)
        );
        mailer.SendFromAdmin(
            MailTemplates.Banned,
            user,
            ("reason", reason),
            ("until", untilUtc is { } until ? MailValues.Time(until) : null)
        );
    }

    /// <summary>In the running transaction, unbans a user and audits it.</summary>
    public void LiftBan(User user)
    {
        user.Unban(unitOfWork.UtcNow);
        audit.Record(AuditActions.UserUnbanned, AuditTarget.User(user.Id), raises: new UserUnbanned(EventUser.Of(user)));
    }

    /// <summary>Errors: <c>not_found</c>, <c>forbidden</c>, <c>stale_version</c>.</summary>
    public Task<Result<UserDto>> UnbanAsync(Caller caller, string id, ExpectedVersions expected, CancellationToken ct) =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var target = await guard.LoadAsync(caller, id, expected, ct);
                if (target.Failed)
                {
                    return target.Error!;
                }

                LiftBan(target.Value);
                return await guard.AnswerAsync(target.Value, ct);
            },
            ct
        );
}
