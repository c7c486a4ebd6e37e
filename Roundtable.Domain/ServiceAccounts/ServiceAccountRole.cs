namespace Roundtable.Domain.ServiceAccounts;

/// <summary>A role that a service account holds.</summary>
public sealed class ServiceAccountRole
{
    internal ServiceAccountRole(string serviceAccountId, string roleName) => (ServiceAccountId, RoleName) = (serviceAccountId, roleName);

    private ServiceAccountRole() { }

    public string ServiceAccountId { get; private set; } = null!;

    public string RoleName { get; private set; } = null!;
}
