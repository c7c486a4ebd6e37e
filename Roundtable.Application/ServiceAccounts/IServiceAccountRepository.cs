using Roundtable.Application.Common;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Application.ServiceAccounts;

/// <summary>Stores service accounts.</summary>
public interface IServiceAccountRepository
{
    void Add(ServiceAccount account);

    /// <summary>Removes the account with its keys.</summary>
    void Remove(ServiceAccount account);

    /// <summary>Loads an account with its roles to change it in a unit of work.</summary>
    Task<ServiceAccount?> LoadAsync(string id, CancellationToken ct);

    /// <summary>Returns an account for an answer, with the saved changes of the transaction.</summary>
    Task<ServiceAccountDto?> ReadAsync(string id, CancellationToken ct);

    /// <summary>Lists accounts, newest first. Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<ServiceAccountDto>>> ListAsync(PageRequest page, CancellationToken ct);
}
