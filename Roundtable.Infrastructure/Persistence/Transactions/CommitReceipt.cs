using System.Data.Common;
using Roundtable.Domain.Email;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>Determines whether a commit without a response succeeded, by a row that only this transaction inserts.</summary>
internal static class CommitReceipt
{
    private const int MaxChecks = 4;

    /// <summary>
    /// The query for that row: an audit entry or a mail, which are kept for days. Null if the transaction writes neither.
    /// </summary>
    public static SqlStatement? Of(RoundtableDbContext db) =>
        db.NewAuditEntries is [var entry, ..] ? Find(db, nameof(db.AuditEntries), entry.Id)
        : db.ChangeTracker.Tracked<OutboxMail>() is [var mail, ..] ? Find(db, nameof(db.OutboxMails), mail.Entity.Id)
        : null;

    /// <summary>Checks on another connection. The first connections from the pool may be broken too.</summary>
    public static async Task<bool> FindAsync(RoundtableDbContext db, IDatabaseErrors errors, SqlStatement receipt, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return (await StatementRunner.ReadAsync(db, receipt, row => row.Text("Id"), ct)).Count > 0;
            }
            catch (Exception e) when (tries < MaxChecks && errors.IsUnavailable(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * tries), ct);
            }
        }
    }

    private static SqlStatement Find(RoundtableDbContext db, string table, string id) =>
        new(SqlDialect.Of(db).FindCommitted(table), [SqlValue.Key(id)]);
}

/// <summary>A commit without a response: it is unknown whether it succeeded, or known that it did not.</summary>
internal sealed class CommitException(DbException cause) : Exception("The database did not confirm the commit.", cause)
{
    public DbException Cause => cause;

    /// <summary>The row was not found: the work may be retried.</summary>
    public bool NotCommitted { get; init; }
}
