using System.Diagnostics.CodeAnalysis;

namespace Roundtable.Infrastructure.Common;

/// <summary>What a provider's exceptions mean.</summary>
public interface IDatabaseErrors
{
    /// <summary>Whether a unique index or key refused a row; of the given column, when one is given.</summary>
    bool IsDuplicateKey(Exception exception, string? table = null, string? column = null);

    /// <summary>
    /// Whether a foreign key refused a write: the row that it refers to has gone meanwhile, or one has come that refers to what was to go.
    /// </summary>
    bool IsForeignKey(Exception exception);

    /// <summary>Whether the database could not be reached or could not work: gone, locked, read-only, full, broken.</summary>
    bool IsUnavailable([NotNullWhen(true)] Exception? exception);
}
