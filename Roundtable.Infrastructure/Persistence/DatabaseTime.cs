using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>
/// How long a context has waited for the database since its work began: since it was taken from the pool, or since its last commit or page.
/// </summary>
internal sealed class DatabaseTime(DbContext db)
{
    private DbContextId lease;
    private TimeSpan waited;

    public TimeSpan Waited
    {
        get
        {
            if (lease != db.ContextId)
            {
                (lease, waited) = (db.ContextId, TimeSpan.Zero);
            }

            return waited;
        }
    }

    public void Add(TimeSpan time) => waited = Waited + time;

    /// <summary>For work of many parts: each has a time of its own.</summary>
    public void Restart() => waited = TimeSpan.Zero;
}
