using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>
/// Measures how long a context has waited for the database since it was taken from the pool, or since its last commit or batch.
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

    /// <summary>Restarts the measurement for the next part of longer work.</summary>
    public void Restart() => waited = TimeSpan.Zero;
}
