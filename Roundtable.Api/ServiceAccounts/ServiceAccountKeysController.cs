using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Api.ApiKeys;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.ServiceAccounts;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.ServiceAccounts;

/// <summary>Manage the API keys of accounts of programs.</summary>
[Route("api/v1/admin/service-accounts/{id}/api-keys")]
[Tags("ServiceAccounts")]
public sealed class ServiceAccountKeysController(ServiceAccountKeyService keys) : ApiController
{
    /// <summary>List a service account's API keys.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="request">The page.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">Its keys, newest first, without their secrets.</response>
    [HttpGet]
    [Operation("listServiceAccountKeys")]
    [RequirePermission(Permissions.ServiceAccountsRead)]
    [ProducesResponseType<ApiResponse<PagedList<ApiKeyDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor", "not_found")]
    public async Task<ActionResult<ApiResponse<PagedList<ApiKeyDto>>>> List(
        string id,
        [FromQuery] ListRequest request,
        CancellationToken ct
    ) => ReplyPage(await keys.ListAsync(id, ct), request, k => k.Id);

    /// <summary>Create an API key for a service account.</summary>
    /// <remarks>The secret is returned only in this response. The account's contact is notified by mail.</remarks>
    /// <param name="id">The account's id.</param>
    /// <param name="request">The key to create.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="201">The key and its secret.</response>
    [HttpPost]
    [Operation("createServiceAccountKey", LogType = "security")]
    [RequirePermission(Permissions.ServiceAccountsWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<ApiKeySecretDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Create(string id, CreateApiKeyRequest request, CancellationToken ct)
    {
        var result = await keys.CreateAsync(Session, id, request.ToData(), ct);
        return result.Failed
            ? Problem(result.Error!)
            : Created($"/api/v1/admin/service-accounts/{id}/api-keys/{result.Value.ApiKey.Id}", Envelope(result.Value));
    }

    /// <summary>Update an API key of a service account.</summary>
    /// <remarks>Omitted members keep their value.</remarks>
    /// <param name="id">The account's id.</param>
    /// <param name="key">The key's id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated key.</response>
    [HttpPatch("{key}")]
    [Operation("updateServiceAccountKey", LogType = "security")]
    [RequirePermission(Permissions.ServiceAccountsWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<ApiKeyDto>>(StatusCodes.Status200OK)]
    [ProducesErrors(
        "validation_failed",
        "forbidden",
        "session_not_fresh",
        "not_while_impersonating",
        "not_found",
        "conflict",
        "stale_version"
    )]
    public async Task<ActionResult> Update(string id, string key, UpdateApiKeyRequest request, CancellationToken ct) =>
        ReplyVersioned(await keys.ChangeAsync(Session, new ServiceAccountKeyId(id, key), request.ToPatch(), Request.IfMatch(), ct));

    /// <summary>Revoke an API key of a service account.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="key">The key's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The key has ended.</response>
    [HttpDelete("{key}")]
    [Operation("revokeServiceAccountKey", LogType = "security")]
    [RequirePermission(Permissions.ServiceAccountsWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Revoke(string id, string key, CancellationToken ct) =>
        Reply(await keys.RevokeAsync(Session, new ServiceAccountKeyId(id, key), Request.IfMatch(), ct));

    /// <summary>Rotate the secret of an API key of a service account.</summary>
    /// <remarks>The current secret stays valid for a while, so that programs can switch over.</remarks>
    /// <param name="id">The account's id.</param>
    /// <param name="key">The key's id.</param>
    /// <param name="request">How long the current secret stays valid.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The key and its new secret, returned only in this response.</response>
    [HttpPost("{key}/rotate")]
    [Operation("rotateServiceAccountKey", LogType = "security")]
    [RequirePermission(Permissions.ServiceAccountsWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<ApiKeySecretDto>>(StatusCodes.Status200OK)]
    [ProducesErrors(
        "validation_failed",
        "forbidden",
        "session_not_fresh",
        "not_while_impersonating",
        "not_found",
        "conflict",
        "stale_version"
    )]
    public async Task<ActionResult<ApiResponse<ApiKeySecretDto>>> Rotate(
        string id,
        string key,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RotateApiKeyRequest? request,
        CancellationToken ct
    )
    {
        var rotation = RotateApiKeyRequest.ToRotation(request, Request.IfMatch());
        return Reply(await keys.RotateAsync(Session, new ServiceAccountKeyId(id, key), rotation, ct));
    }
}
