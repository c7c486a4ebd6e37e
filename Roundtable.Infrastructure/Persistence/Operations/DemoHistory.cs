using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Audit;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>Writes what happened in the demo data: audit entries, mails and counts, each at its time.</summary>
internal sealed class DemoHistory(RoundtableDbContext db, DateTime now)
{
    public const int Days = 90;

    // As the audit trail writes details.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly List<OutboxMail> mails = [];

    public DateTime Now => now;

    /// <summary>The same numbers every time, so that pictures of the data can be compared.</summary>
    public Random Random { get; } = new(42);

    public void Record(
        DateTime at,
        string action,
        AuditTarget target,
        User? actor,
        object details,
        string? ipAddress = null,
        string? userAgent = null
    ) =>
        db.NewAuditEntries.Add(
            AuditEntry.Record(
                action,
                new AuditActor(actor?.Id, actor?.Email, ipAddress ?? Address(), userAgent ?? DemoPeople.Agents[0], null),
                target.Type,
                target.Id,
                target.SubjectId,
                JsonSerializer.Serialize(details, Json),
                at
            )
        );

    public void Mail(DateTime at, string template, User user)
    {
        if (at > Ago(Days))
        {
            mails.Add(OutboxMail.Create(EntityId.New(at), user.Id, EmailAddress.Mask(user.Email), template, "", at));
        }
    }

    public void Count(DateTime at, Metric metric)
    {
        var key = (DayOf(at), metric);
        db.NewCounts[key] = db.NewCounts.GetValueOrDefault(key) + 1;
    }

    public void CountSignIn(DateTime at, SessionMethod method) =>
        Count(
            at,
            method switch
            {
                SessionMethod.MagicLink => Metric.SignInsByMagicLink,
                SessionMethod.Password => Metric.SignInsByPassword,
                SessionMethod.Passkey => Metric.SignInsByPasskey,
                _ => Metric.SignInsByExternal,
            }
        );

    public DateTime Ago(double days) => Whole(now.AddDays(-days));

    public DateTime Later(DateTime at, int hours) => at.AddHours(hours) < now ? at.AddHours(hours) : now;

    public string Address() => string.Create(CultureInfo.InvariantCulture, $"203.0.113.{Random.Next(1, 255)}");

    public T Pick<T>(IReadOnlyList<T> of) => of[Random.Next(of.Count)];

    private static int DayOf(DateTime at) => AuditChain.DayOf(at);

    private static DateTime Whole(DateTime at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    // Created as pending, as every mail is; their content is erased as that of every sent mail.
    public async Task SaveAsync(CancellationToken ct)
    {
        db.OutboxMails.AddRange(mails);
        await db.SaveChangesAsync(ct);
        var failed = mails.Where(_ => Random.NextDouble() < 0.02).Select(m => m.Id).ToHashSet();
        await db.OutboxMails.ExecuteUpdateAsync(
            s =>
                s.SetProperty(m => m.Status, OutboxStatus.Sent)
                    .SetProperty(m => m.Attempts, 1)
                    .SetProperty(m => m.ProtectedContent, (string?)null)
                    .SetProperty(m => m.NextAttemptAtUtc, (DateTime?)null)
                    .SetProperty(m => m.SentAtUtc, m => m.CreatedAtUtc),
            ct
        );
        foreach (var id in failed)
        {
            var error = Pick(DemoPeople.MailErrors);
            await db
                .OutboxMails.Where(m => m.Id == id)
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(m => m.Status, OutboxStatus.Failed)
                            .SetProperty(m => m.Attempts, 6)
                            .SetProperty(m => m.LastError, error.Text)
                            .SetProperty(m => m.LastErrorCode, error.Code)
                            .SetProperty(m => m.SentAtUtc, (DateTime?)null),
                    ct
                );
        }

        foreach (var mail in mails)
        {
            Count(mail.CreatedAtUtc, failed.Contains(mail.Id) ? Metric.EmailsFailed : Metric.EmailsSent);
        }
    }
}
