using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Records the creation of an account in the audit log and, if its owner created it, as a sign-up in the statistics.</summary>
[ScopedService]
public sealed class AccountRecords(IAuditTrail audit, IStatistics statistics)
{
    /// <param name="actor">The actor, if no user is signed in yet.</param>
    public void Created(User user, object? details, User? actor)
    {
        audit.Record(AuditActions.UserCreated, AuditTarget.User(user.Id), details, actor, new UserCreated(EventUser.Of(user)));
        if (user.Origin == UserOrigin.SelfRegistered)
        {
            statistics.Count(Metric.SignUps);
        }
    }
}
