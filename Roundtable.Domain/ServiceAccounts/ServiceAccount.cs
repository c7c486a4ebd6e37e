using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Domain.ServiceAccounts;

/// <summary>An account of a program. It has roles and API keys, and no way to sign in.</summary>
public sealed class ServiceAccount
{
    public const int NameMaxLength = 100;
    public const int DescriptionMaxLength = 500;

    private readonly List<ServiceAccountRole> roles = [];

    private ServiceAccount() { }

    public string Id { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    public string? Description { get; private set; }

    /// <summary>Receives notices about its keys.</summary>
    public string ContactEmail { get; private set; } = null!;

    /// <summary>While disabled, none of its keys works.</summary>
    public bool Disabled { get; private set; }

    /// <summary>The user who created it; null if a command did, or if that account was deleted.</summary>
    public string? CreatedById { get; private set; }

    public User? CreatedBy { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    /// <summary>The change counter: entity tag and optimistic concurrency token.</summary>
    public int Version { get; private set; }

    public IReadOnlyCollection<ServiceAccountRole> Roles => roles;

    public static ServiceAccount Create(ServiceAccountState state, string? createdById, DateTime nowUtc)
    {
        var account = new ServiceAccount
        {
            Id = EntityId.New(nowUtc),
            CreatedById = createdById,
            CreatedAtUtc = nowUtc,
        };
        account.Change(state);
        return account;
    }

    public void Change(ServiceAccountState state)
    {
        (Name, Description, ContactEmail, Disabled) = (state.Name, state.Description, state.ContactEmail, state.Disabled);
        roles.RemoveAll(r => !state.Roles.Contains(r.RoleName));
        roles.AddRange(
            state
                .Roles.Distinct(StringComparer.Ordinal)
                .Where(n => !roles.Exists(r => r.RoleName == n))
                .Select(n => new ServiceAccountRole(Id, n))
                .ToList()
        );
        Touch();
    }

    /// <summary>Makes the account change, so that two changes of what depends on it cannot happen at once.</summary>
    public void Touch() => Version++;
}

/// <summary>What can be changed of a service account.</summary>
public sealed record ServiceAccountState(
    string Name,
    string? Description,
    string ContactEmail,
    bool Disabled,
    IReadOnlyCollection<string> Roles
);
