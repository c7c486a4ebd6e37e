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
        PreparedSqliteConnection? connection;
        int since;
        lock (sync)
        {
            since = generation;
            (connection, idle) = (idle, null);
        }

        return new Loan(this, db, connection ?? Open(), since);
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

    private sealed class Loan : IWriterLoan
    {
        private readonly SqliteWriter writer;
        private readonly RoundtableDbContext db;
        private readonly PreparedSqliteConnection connection;
        private readonly int since;
        private readonly string? own;
        private bool keep;

        public Loan(SqliteWriter writer, RoundtableDbContext db, PreparedSqliteConnection connection, int since)
        {
            (this.writer, this.db, this.connection, this.since) = (writer, db, connection, since);
            own = db.Database.GetConnectionString();
            db.Database.SetDbConnection(connection);
        }

        public void Keep() => keep = true;

        public void Dispose()
        {
            db.Database.SetDbConnection(null, contextOwnsConnection: true);
            db.Database.SetConnectionString(own);
            writer.TakeBack(connection, since, keep);
        }
    }
}
