using Roundtable.Application.ApiKeys;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Application.ServiceAccounts;

/// <summary>Creates a service account with its first key, for an operator who can run commands on the server.</summary>
[ScopedService]
public sealed class ServiceAccountBootstrap(
    IServiceAccountRepository accounts,
    IRoleRepository roles,
    ApiKeyEditor editor,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    private const string Command = "create-service-account";

    /// <summary>Returns the key's secret. Errors: <c>validation_failed</c>.</summary>
    public Task<Result<ApiKeySecretDto>> CreateAsync(
        ServiceAccountRequestData wanted,
        IReadOnlyList<string> scopes,
        int? expiresInDays,
        CancellationToken ct
    ) =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var checkedState = ServiceAccountRules.Check(wanted);
                if (checkedState.Failed)
                {
                    return checkedState.Error!;
                }

                var known = await roles.FindAllAsync(checkedState.Value.Roles, ct);
                if (wanted.Roles.Except(known.Select(r => r.Name), StringComparer.Ordinal).FirstOrDefault() is { } unknown)
                {
                    return Errors.Invalid("roles", FieldErrors.Unknown("role", unknown));
                }

                var account = ServiceAccount.Create(checkedState.Value, null, unitOfWork.UtcNow);
                accounts.Add(account);
                audit.Record(
                    AuditActions.ServiceAccountCreated,
                    AuditTarget.ServiceAccount(account.Id),
                    new
                    {
                        name = account.Name,
                        roles = wanted.Roles,
                        by = Command,
                    },
                    raises: new ServiceAccountCreated(EventServiceAccount.Of(account))
                );
                return await editor.CreateAsync(null, account, new ApiKeyRequestData(account.Name, scopes, expiresInDays, null), ct);
            },
            ct
        );
}
