using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Roles;
using Roundtable.Application.Users;

namespace Roundtable.Application.ApiKeys;

/// <summary>Lets admins see and end the API keys of all users and service accounts.</summary>
[ScopedService]
public sealed class ApiKeyAdminService(
    IApiKeyRepository keys,
    ApiKeyEditor editor,
    ApiKeyNotices notices,
    RoleGrants grants,
    IUnitOfWork unitOfWork
)
{
    /// <summary>Errors: <c>invalid_cursor</c>.</summary>
    public Task<Result<Page<ApiKeyDto>>> ListAsync(ApiKeyFilter filter, PageRequest page, CancellationToken ct) =>
        keys.ListAllAsync(filter, page, unitOfWork.UtcNow, ct);

    /// <summary>
    /// Ends a key and mails its owner a notice. Errors: <c>not_found</c>, <c>forbidden</c> if the owner has a permission that the
    /// caller lacks.
    /// </summary>
    public Task<Result> RevokeAsync(CurrentSession caller, string id, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await keys.LoadAsync(id, ct) is not { } key)
                {
                    return ApiKeyErrors.NotFound(id);
                }

                var roles = key.User?.Roles.Select(r => r.RoleName) ?? key.ServiceAccount!.Roles.Select(r => r.RoleName);
                if (await grants.OutrankAsync(caller, roles, ct))
                {
                    return UserErrors.Outranks;
                }

                var wasLive = key.IsLive(unitOfWork.UtcNow);
                editor.Revoke(key, ExpectedVersions.Any);
                if (wasLive && key.UserId != caller.UserId)
                {
                    notices.Changed(key, MailPhrases.RevokedByAdmin, byOwner: false);
                }

                return Result.Success;
            },
            ct
        );
}
