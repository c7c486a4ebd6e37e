using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Application.ApiKeys;

/// <summary>Lets users manage their own API keys.</summary>
[ScopedService]
public sealed class ApiKeyService(IApiKeyRepository keys, IUserRepository users, ApiKeyEditor editor, IUnitOfWork unitOfWork)
{
    public async Task<Result<IReadOnlyList<ApiKeyDto>>> ListAsync(CurrentSession caller, CancellationToken ct) =>
        Result<IReadOnlyList<ApiKeyDto>>.Of(await keys.ListAsync(OwnerOf(caller), ct));

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<ApiKeyDto>> GetAsync(CurrentSession caller, string id, CancellationToken ct) =>
        await keys.ReadAsync(id, ct) is { } key && key.Owner.Id == caller.UserId ? key : ApiKeyErrors.NotFound(id);

    /// <summary>Returns the key that the request uses; null if it was removed in the meantime.</summary>
    public Task<ApiKeyDto?> DescribeAsync(ApiKeyCaller caller, CancellationToken ct) => keys.ReadAsync(caller.KeyId, ct);

    /// <inheritdoc cref="ApiKeyEditor.CreateAsync(Caller, Domain.Users.User, ApiKeyRequestData, CancellationToken)"/>
    public Task<Result<ApiKeySecretDto>> CreateAsync(CurrentSession caller, ApiKeyRequestData wanted, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<ApiKeySecretDto>>(
            async ct =>
            {
                if (await users.LoadAsync(caller.UserId, ct) is not { } user)
                {
                    return Errors.Unauthenticated;
                }

                await users.ClaimAsync(user, ct);
                return await editor.CreateAsync(caller, user, wanted, ct);
            },
            ct
        );

    /// <summary>Errors: <c>not_found</c>, and those of <see cref="ApiKeyEditor.ChangeAsync"/>.</summary>
    public Task<Result<ApiKeyDto>> ChangeAsync(
        CurrentSession caller,
        string id,
        ApiKeyPatch patch,
        ExpectedVersions expected,
        CancellationToken ct
    ) => WithAsync(caller, id, key => editor.ChangeAsync(caller, key, patch, expected, ct), ct);

    /// <summary>Errors: <c>not_found</c>, and those of <see cref="ApiKeyEditor.RotateAsync"/>.</summary>
    public async Task<Result<ApiKeySecretDto>> RotateAsync(CurrentSession caller, string id, ApiKeyRotation rotation, CancellationToken ct)
    {
        var seen = await keys.FindSecretIdAsync(id, ct);
        return await WithAsync(caller, id, key => editor.RotateAsync(caller, key, seen, rotation, ct), ct);
    }

    /// <summary>Ends a key. Errors: <c>not_found</c>, <c>stale_version</c>.</summary>
    public Task<Result> RevokeAsync(CurrentSession caller, string id, ExpectedVersions expected, CancellationToken ct) =>
        WithAsync(caller, id, key => Task.FromResult(editor.Revoke(key, expected)), ct);

    private Task<TResult> WithAsync<TResult>(CurrentSession caller, string id, Func<ApiKey, Task<TResult>> change, CancellationToken ct)
        where TResult : Result, IFallible<TResult> =>
        unitOfWork.ExecuteAsync(
            async ct =>
                await keys.LoadAsync(OwnerOf(caller), id, ct) is { } key ? await change(key) : TResult.From(ApiKeyErrors.NotFound(id)),
            ct
        );

    private static ApiKeyOwner OwnerOf(CurrentSession caller) => ApiKeyOwner.User(caller.UserId);
}
