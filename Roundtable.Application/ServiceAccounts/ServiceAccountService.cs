using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Roles;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Application.ServiceAccounts;

/// <summary>Manages service accounts.</summary>
[ScopedService]
public sealed class ServiceAccountService(
    IServiceAccountRepository accounts,
    ServiceAccountGuard guard,
    RoleGrants grants,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>Errors: <c>invalid_cursor</c>.</summary>
    public Task<Result<Page<ServiceAccountDto>>> ListAsync(PageRequest page, CancellationToken ct) => accounts.ListAsync(page, ct);

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<ServiceAccountDto>> GetAsync(string id, CancellationToken ct) =>
        await accounts.ReadAsync(id, ct) is { } account ? account : ServiceAccountErrors.NotFound(id);

    /// <summary>
    /// Errors: <c>validation_failed</c>, also for an unknown role, <c>forbidden</c> for a role with a permission that the caller lacks.
    /// </summary>
    public Task<Result<ServiceAccountDto>> CreateAsync(CurrentSession caller, ServiceAccountRequestData wanted, CancellationToken ct) =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var checkedState = ServiceAccountRules.Check(wanted);
                if ((checkedState.Error ?? await grants.RefusalAsync(caller, [], RolesOf(checkedState.Value), ct)) is { } refusal)
                {
                    return refusal;
                }

                var account = ServiceAccount.Create(checkedState.Value, caller.UserId, unitOfWork.UtcNow);
                accounts.Add(account);
                Record(AuditActions.ServiceAccountCreated, account, new ServiceAccountCreated(EventServiceAccount.Of(account)));
                return await AnswerAsync(account, ct);
            },
            ct
        );

    /// <summary>
    /// Errors: <c>not_found</c>, <c>validation_failed</c>, <c>forbidden</c> for an account or a role with a permission that the caller
    /// lacks, <c>stale_version</c>.
    /// </summary>
    public Task<Result<ServiceAccountDto>> ChangeAsync(
        CurrentSession caller,
        string id,
        ServiceAccountPatch patch,
        ExpectedVersions expected,
        CancellationToken ct
    ) =>
        WithAsync(
            caller,
            id,
            expected,
            async account =>
            {
                var checkedState = ServiceAccountRules.Check(patch.On(account));
                var held = account.Roles.Select(r => r.RoleName).ToList();
                if ((checkedState.Error ?? await grants.RefusalAsync(caller, held, RolesOf(checkedState.Value), ct)) is { } refusal)
                {
                    return refusal;
                }

                account.Change(checkedState.Value);
                Record(AuditActions.ServiceAccountUpdated, account, new ServiceAccountUpdated(EventServiceAccount.Of(account)));
                return await AnswerAsync(account, ct);
            },
            ct
        );

    /// <summary>
    /// Removes the account with its keys. Errors: <c>not_found</c>, <c>forbidden</c> for an account with a permission that the caller
    /// lacks, <c>stale_version</c>.
    /// </summary>
    public Task<Result> DeleteAsync(CurrentSession caller, string id, ExpectedVersions expected, CancellationToken ct) =>
        WithAsync(
            caller,
            id,
            expected,
            account =>
            {
                Record(AuditActions.ServiceAccountDeleted, account, new ServiceAccountDeleted(EventServiceAccount.Of(account)));
                accounts.Remove(account);
                return Task.FromResult(Result.Success);
            },
            ct
        );

    private Task<TResult> WithAsync<TResult>(
        CurrentSession caller,
        string id,
        ExpectedVersions expected,
        Func<ServiceAccount, Task<TResult>> work,
        CancellationToken ct
    )
        where TResult : Result, IFallible<TResult> =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var found = await guard.LoadAsync(caller, id, ct);
                return found.Failed ? TResult.From(found.Error!)
                    : !expected.Allow(found.Value.Version) ? TResult.From(Errors.StaleVersion)
                    : await work(found.Value);
            },
            ct
        );

    private static List<string> RolesOf(ServiceAccountState state) => [.. state.Roles.Distinct(StringComparer.Ordinal)];

    private void Record(string action, ServiceAccount account, IDomainEvent raises) =>
        audit.Record(
            action,
            AuditTarget.ServiceAccount(account.Id),
            new
            {
                name = account.Name,
                roles = account.Roles.Select(r => r.RoleName).Order(StringComparer.Ordinal),
                disabled = account.Disabled,
            },
            raises: raises
        );

    private async Task<Result<ServiceAccountDto>> AnswerAsync(ServiceAccount account, CancellationToken ct)
    {
        await unitOfWork.FlushAsync(ct);
        return await GetAsync(account.Id, ct);
    }
}
