using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Application.ServiceAccounts;

/// <summary>Manages the API keys of service accounts.</summary>
[ScopedService]
public sealed class ServiceAccountKeyService(
    IServiceAccountRepository accounts,
    IApiKeyRepository keys,
    ServiceAccountGuard guard,
    ApiKeyEditor editor,
    IUnitOfWork unitOfWork
)
{
    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<IReadOnlyList<ApiKeyDto>>> ListAsync(string accountId, CancellationToken ct) =>
        await accounts.ReadAsync(accountId, ct) is null
            ? ServiceAccountErrors.NotFound(accountId)
            : Result<IReadOnlyList<ApiKeyDto>>.Of(await keys.ListAsync(ApiKeyOwner.ServiceAccount(accountId), ct));

    /// <summary>Errors: <c>not_found</c>, <c>forbidden</c> for an account with a permission that the caller lacks, and those of
    /// <see cref="ApiKeyEditor"/>.</summary>
    public Task<Result<ApiKeySecretDto>> CreateAsync(
        CurrentSession caller,
        string accountId,
        ApiKeyRequestData wanted,
        CancellationToken ct
    ) => WithAccountAsync(caller, accountId, account => editor.CreateAsync(caller, account, wanted, ct), ct);

    /// <inheritdoc cref="CreateAsync"/>
    public Task<Result<ApiKeyDto>> ChangeAsync(
        CurrentSession caller,
        ServiceAccountKeyId id,
        ApiKeyPatch patch,
        ExpectedVersions expected,
        CancellationToken ct
    ) => WithKeyAsync(caller, id, key => editor.ChangeAsync(caller, key, patch, expected, ct), ct);

    /// <inheritdoc cref="CreateAsync"/>
    public async Task<Result<ApiKeySecretDto>> RotateAsync(
        CurrentSession caller,
        ServiceAccountKeyId id,
        ApiKeyRotation rotation,
        CancellationToken ct
    )
    {
        var seen = await keys.FindSecretIdAsync(id.KeyId, ct);
        return await WithKeyAsync(caller, id, key => editor.RotateAsync(caller, key, seen, rotation, ct), ct);
    }

    /// <summary>Ends a key. Errors: <c>not_found</c>, <c>forbidden</c>, <c>stale_version</c>.</summary>
    public Task<Result> RevokeAsync(CurrentSession caller, ServiceAccountKeyId id, ExpectedVersions expected, CancellationToken ct) =>
        WithKeyAsync(caller, id, key => Task.FromResult(editor.Revoke(key, expected)), ct);

    private Task<TResult> WithKeyAsync<TResult>(
        CurrentSession caller,
        ServiceAccountKeyId id,
        Func<ApiKey, Task<TResult>> work,
        CancellationToken ct
    )
        where TResult : Result, IFallible<TResult> =>
        WithAccountAsync(
            caller,
            id.AccountId,
            async account =>
            {
                if (await keys.LoadAsync(ApiKeyOwner.ServiceAccount(id.AccountId), id.KeyId, ct) is not { } key)
                {
                    return TResult.From(ApiKeyErrors.NotFound(id.KeyId));
                }

                // A role that is granted at the same time is compared with the caller's permissions too.
                account.Touch();
                return await work(key);
            },
            ct
        );

    private Task<TResult> WithAccountAsync<TResult>(
        CurrentSession caller,
        string accountId,
        Func<ServiceAccount, Task<TResult>> work,
        CancellationToken ct
    )
        where TResult : Result, IFallible<TResult> =>
        unitOfWork.ExecuteAsync(
            async ct =>
            {
                var found = await guard.LoadAsync(caller, accountId, ct);
                return found.Failed ? TResult.From(found.Error!) : await work(found.Value);
            },
            ct
        );
}

/// <summary>A key of a service account.</summary>
public sealed record ServiceAccountKeyId(string AccountId, string KeyId);
