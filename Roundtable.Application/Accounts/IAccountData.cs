namespace Roundtable.Application.Accounts;

/// <summary>
/// What a feature of the product holds on its users, for the export that they may ask for. Whatever implements it is asked. The rows
/// themselves go with the account, by foreign key.
/// </summary>
public interface IAccountData
{
    /// <summary>The member of the export that it becomes, in camelCase.</summary>
    string Name { get; }

    /// <summary>All of it, oldest first; never a secret.</summary>
    Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct);
}
