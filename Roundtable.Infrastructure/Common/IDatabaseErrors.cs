using System.Diagnostics.CodeAnalysis;

namespace Roundtable.Infrastructure.Common;

/// <summary>What a provider's exceptions mean.</summary>
public interface IDatabaseErrors
{
    /// <summary>Whether a unique index or key refused a row; of the given column, when one is given.</summary>
    bool IsDuplicateKey(Exception exception, string? table = null, string? column = null);

    /// <summary>Whether the database could not be reached or could not work: gone, locked, read-only, full, broken.</summary>
    bool IsUnavailable([NotNullWhen(true)] Exception? exception);
}
