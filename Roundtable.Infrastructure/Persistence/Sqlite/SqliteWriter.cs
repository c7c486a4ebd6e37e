using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The one connection on which this process writes. SQLite takes one writer anyway; one that stays keeps its statements prepared, and its
/// pages, which every write on another connection makes it forget.
/// </summary>
internal sealed class SqliteWriter : IWriter, IDisposable
{
    private readonly string connectionString;
    private readonly SqlitePreparedReads reads;
    private readonly Lock sync = new();
    private PreparedSqliteConnection? idle;
    private int generation;

    /// <param name="reads">Notices too when the file was taken away, and is mostly the first to.</param>
    public SqliteWriter(string connectionString, SqlitePreparedReads reads)
    {
        this.connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        this.reads = reads;
        reads.Forgotten += Forget;
    }

    public IWriterLoan? Lend(RoundtableDbContext db)
    {
        if (db.Database.GetDbConnection().State != ConnectionState.Closed)
        {
            // Somebody reads on it, or opened it to keep it.
            return null;
        }

        reads.EnsureFile();
        PreparedSqliteConnection? known;
        int since;
        lock (sync)
        {
            since = generation;
            (known, idle) = (idle, null);
        }

        var connection = known ?? Open();
        var own = db.Database.GetConnectionString();
        try
        {
            db.Database.SetDbConnection(connection);
        }
        catch (InvalidOperationException)
        {
            // Closed, and yet in use by EF Core's count: it goes on as it is.
            TakeBack(connection, since, keep: true);
            return null;
        }

        return new Loan(this, db, connection, since, own);
    }

    public void Dispose()
    {
        reads.Forgotten -= Forget;
        Forget();
    }

    private void Forget()
    {
        lock (sync)
        {
            generation++;
            idle?.Dispose();
            idle = null;
        }
    }

    private void TakeBack(PreparedSqliteConnection connection, int since, bool keep)
    {
        lock (sync)
        {
            // A disk that took no writes when it was opened may take them the next time.
            if (keep && since == generation && !SqliteConnectionInterceptor.IsReadOnly(connection))
            {
                idle = connection;
                return;
            }
        }

        connection.Dispose();
    }

    private PreparedSqliteConnection Open()
    {
        var opened = new PreparedSqliteConnection(connectionString);
        try
        {
            opened.Open();
            SqliteConnectionInterceptor.SetBusyTimeout(opened);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private sealed class Loan(SqliteWriter writer, RoundtableDbContext db, PreparedSqliteConnection connection, int since, string? own) : IWriterLoan
    {
        private bool keep;

        public void Keep() => keep = true;

        public void Dispose()
        {
            try
            {
                db.Database.SetDbConnection(null, contextOwnsConnection: true);
                db.Database.SetConnectionString(own);
            }
            catch (InvalidOperationException)
            {
                // Still in use, which hides no error that led here. A context that cannot be parted from it must not share it with the next one.
                keep = false;
            }

            writer.TakeBack(connection, since, keep);
        }
    }
}
