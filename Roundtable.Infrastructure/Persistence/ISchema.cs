namespace Roundtable.Infrastructure.Persistence;

/// <summary>A quick look at the database's schema, for the start.</summary>
public interface ISchema
{
    /// <summary>Whether it surely has all migrations; false where it takes the migrator to tell.</summary>
    bool IsCurrent();
}

internal sealed class UnknownSchema : ISchema
{
    public bool IsCurrent() => false;
}
