namespace Roundtable.Infrastructure.Persistence;

/// <summary>Checks the database's schema quickly, at startup.</summary>
public interface ISchema
{
    /// <summary>Whether all migrations are certainly applied; false if only the migrator can tell.</summary>
    bool IsCurrent();
}

internal sealed class UnknownSchema : ISchema
{
    public bool IsCurrent() => false;
}
