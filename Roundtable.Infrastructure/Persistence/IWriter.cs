namespace Roundtable.Infrastructure.Persistence;

/// <summary>The connection that transactions which write run on.</summary>
internal interface IWriter
{
    /// <summary>
    /// Has a context work on it, in its turn (<see cref="IWriteGate"/>), until what is returned is disposed; null where contexts write on
    /// connections of their own.
    /// </summary>
    IWriterLoan? Lend(RoundtableDbContext db);
}

internal interface IWriterLoan : IDisposable
{
    /// <summary>All went well: the connection may be lent again.</summary>
    void Keep();
}

internal sealed class OwnWriter : IWriter
{
    public IWriterLoan? Lend(RoundtableDbContext db) => null;
}
