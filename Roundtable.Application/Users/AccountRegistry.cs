using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>Adds accounts, and records them in the audit log and, if their owner created them, as a sign-up in the statistics.</summary>
[ScopedService]
public sealed class AccountRegistry(IUserRepository users, IAuditTrail audit, IStatistics statistics)
{
    /// <summary>Adds the account in the current transaction.</summary>
    /// <param name="actor">The actor, if no user is signed in yet.</param>
    public void Add(User user, object? details, User? actor)
    {
        users.Add(user);
        Record(user, details, actor);
    }

    /// <summary>Records an account that is added already.</summary>
    /// <inheritdoc cref="Add"/>
    public void Record(User user, object? details, User? actor)
    {
        audit.Record(AuditActions.UserCreated, AuditTarget.User(user.Id), details, actor, new UserCreated(EventUser.Of(user)));
        if (user.Origin == UserOrigin.SelfRegistered)
        {
            statistics.Count(Metric.SignUps);
        }
    }
}
