using Roundtable.Domain.Users;

namespace Roundtable.Application.ExternalLogins;

/// <summary>Stores external logins.</summary>
public interface ILoginRepository
{
    /// <summary>Loads the login with this provider and the provider's id of the user; null if it is not connected.</summary>
    Task<UserLogin?> LoadAsync(string provider, string subject, CancellationToken ct);

    /// <summary>Lists the user's logins by provider.</summary>
    Task<IReadOnlyList<UserLogin>> ListAsync(string userId, CancellationToken ct);

    void Add(UserLogin login);

    void Remove(UserLogin login);
}
