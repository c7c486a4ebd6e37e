using System.Diagnostics.CodeAnalysis;

namespace Roundtable.Infrastructure.Common;

/// <summary>Classifies a provider's exceptions.</summary>
public interface IDatabaseErrors
{
    /// <summary>Returns whether a unique index or key rejected a row; for the given column, if any.</summary>
    bool IsDuplicateKey(Exception exception, string? table = null, string? column = null);

    /// <summary>
    /// Returns whether a foreign key rejected a write: the referenced row was deleted, or the row to delete has become referenced.
    /// </summary>
    bool IsForeignKey(Exception exception);

    /// <summary>Returns whether the database was unreachable or unusable: missing, locked, read-only, full, corrupt.</summary>
    bool IsUnavailable([NotNullWhen(true)] Exception? exception);
}
