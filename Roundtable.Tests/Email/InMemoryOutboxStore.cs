using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Tests.Email;

/// <summary>The outbox's rules without a database; returns copies, as a database does.</summary>
internal sealed class InMemoryOutboxStore : IOutboxStore<OutboxMail>
{
    private readonly Dictionary<string, OutboxMail> rows = new(StringComparer.Ordinal);

    /// <summary>Called before each access with the operation's name; throws to simulate an unavailable database.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public IReadOnlyList<OutboxMail> Rows
    {
        get
        {
            lock (rows)
            {
                return [.. rows.Values.Select(Copy)];
            }
        }
    }

    public OutboxMail this[string id] => Rows.Single(r => r.Id == id);

    public void Add(OutboxMail mail)
    {
        lock (rows)
        {
            rows.Add(mail.Id, mail);
        }
    }

    public Task<IReadOnlyList<OutboxMail>> ClaimAsync(
        string owner,
        int max,
        DateTime nowUtc,
        TimeSpan lease,
        IReadOnlyCollection<string> busy,
        CancellationToken ct
    ) =>
        Run<IReadOnlyList<OutboxMail>>(
            "claim",
            () =>
            {
                var due = rows.Values.Where(r =>
                    (r.Status == OutboxStatus.Pending && r.NextAttemptAtUtc <= nowUtc)
                    || (r.Status == OutboxStatus.Sending && r.LeasedUntilUtc <= nowUtc)
                );
                return
                [
                    .. due.OrderBy(r => r.NextAttemptAtUtc)
                        .ThenBy(r => r.Id, StringComparer.Ordinal)
                        .Take(max)
                        .ToList()
                        .Select(r =>
                        {
                            Set(
                                r,
                                (nameof(r.Status), OutboxStatus.Sending),
                                (nameof(r.LeaseOwner), owner),
                                (nameof(r.LeasedUntilUtc), nowUtc + lease)
                            );
                            return Copy(r);
                        }),
                ];
            },
            ct
        );

    public Task<IReadOnlyCollection<string>> MarkSentAsync(
        IReadOnlyCollection<string> ids,
        string owner,
        DateTime nowUtc,
        CancellationToken ct
    ) =>
        Run<IReadOnlyCollection<string>>(
            "sent",
            () =>
                [
                    .. ids.Where(id =>
                        End(
                            id,
                            owner,
                            OutboxStatus.Sent,
                            null,
                            null,
                            (nameof(OutboxMail.ProtectedContent), null),
                            (nameof(OutboxMail.SentAtUtc), nowUtc)
                        )
                    ),
                ],
            ct
        );

    public Task<bool> MarkFailedAttemptAsync(
        string id,
        string owner,
        DeliveryError error,
        DateTime? nextAttemptAtUtc,
        CancellationToken ct
    ) =>
        Run(
            "failed",
            () => End(id, owner, nextAttemptAtUtc is null ? OutboxStatus.Failed : OutboxStatus.Pending, error, nextAttemptAtUtc),
            ct
        );

    public Task ReleaseAsync(string owner, CancellationToken ct) =>
        Run(
            "release",
            () =>
            {
                foreach (var row in rows.Values.Where(r => r.Status == OutboxStatus.Sending && r.LeaseOwner == owner))
                {
                    Set(
                        row,
                        (nameof(row.Status), OutboxStatus.Pending),
                        (nameof(row.LeaseOwner), null),
                        (nameof(row.LeasedUntilUtc), null)
                    );
                }

                return true;
            },
            ct
        );

    /// <summary>Moves the row's lease to another worker.</summary>
    public void Steal(string id, string owner)
    {
        lock (rows)
        {
            Set(rows[id], (nameof(OutboxMail.LeaseOwner), owner));
        }
    }

    private bool End(string id, string owner, OutboxStatus status, DeliveryError? error, DateTime? next, params (string, object?)[] more)
    {
        if (!rows.TryGetValue(id, out var row) || row.Status != OutboxStatus.Sending || row.LeaseOwner != owner)
        {
            return false;
        }

        Set(
            row,
            (nameof(row.Status), status),
            (nameof(row.Attempts), row.Attempts + 1),
            (nameof(row.LastError), error?.Text),
            (nameof(row.LastErrorCode), error?.Code),
            (nameof(row.NextAttemptAtUtc), next),
            (nameof(row.LeaseOwner), null),
            (nameof(row.LeasedUntilUtc), null)
        );
        Set(row, more);
        return true;
    }

    private async Task<T> Run<T>(string name, Func<T> access, CancellationToken ct)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        Before(name);
        lock (rows)
        {
            return access();
        }
    }

    private static void Set(OutboxMail row, params (string Name, object? Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            typeof(OutboxMail).GetProperty(name)!.DeclaringType!.GetProperty(name)!.SetValue(row, value);
        }
    }

    private static OutboxMail Copy(OutboxMail row)
    {
        var copy = (OutboxMail)Activator.CreateInstance(typeof(OutboxMail), nonPublic: true)!;
        Set(copy, [.. typeof(OutboxMail).GetProperties().Select(p => (p.Name, p.GetValue(row)))]);
        return copy;
    }
}
