namespace Roundtable.Application.Common;

/// <summary>
/// Provides a product feature's data about a user for the account export, which calls every implementation. The rows themselves are
/// deleted with the account, by foreign key.
/// </summary>
public interface IAccountData
{
    /// <summary>The name of the export's member, in camelCase.</summary>
    string Name { get; }

    /// <summary>Returns all data, oldest first; never a secret.</summary>
    Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct);
}
