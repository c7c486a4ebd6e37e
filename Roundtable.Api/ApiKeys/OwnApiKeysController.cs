using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.ApiKeys;

namespace Roundtable.Api.ApiKeys;

/// <summary>Manage your own API keys.</summary>
[Route("api/v1/users/me/api-keys")]
[Tags("ApiKeys")]
public sealed class OwnApiKeysController(ApiKeyService keys) : ApiController
{
    /// <summary>List your API keys.</summary>
    /// <response code="200">Your keys, newest first, without their secrets.</response>
    [HttpGet]
    [Operation("listMyApiKeys")]
    [ProducesResponseType<ApiResponse<PagedList<ApiKeyDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<ApiKeyDto>>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPage(await keys.ListAsync(Session, ct), request, k => k.Id);

    /// <summary>Retrieve one of your API keys.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The key, with its version in `ETag`.</response>
    [HttpGet("{id}")]
    [Operation("getMyApiKey")]
    [ProducesResponseType<ApiResponse<ApiKeyDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyVersioned(await keys.GetAsync(Session, id, ct));

    /// <summary>Create an API key.</summary>
    /// <remarks>The secret is returned only in this response. You are notified by mail.</remarks>
    /// <param name="request">The key to create.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="201">The key and its secret.</response>
    [HttpPost]
    [Operation("createMyApiKey", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<ApiKeySecretDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<ActionResult> Create(CreateApiKeyRequest request, CancellationToken ct)
    {
        var result = await keys.CreateAsync(Session, request.ToData(), ct);
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        Response.SetVersion(result.Value.ApiKey.Version);
        return Created($"/api/v1/users/me/api-keys/{result.Value.ApiKey.Id}", Envelope(result.Value));
    }

    /// <summary>Update an API key.</summary>
    /// <remarks>Omitted members keep their value. Allowing the key more requires a fresh session.</remarks>
    /// <param name="id">The key's id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated key.</response>
    [HttpPatch("{id}")]
    [Operation("updateMyApiKey", LogType = "security")]
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
    public async Task<ActionResult> Update(string id, UpdateApiKeyRequest request, CancellationToken ct) =>
        ReplyVersioned(await keys.ChangeAsync(Session, id, request.ToPatch(), Request.IfMatch(), ct));

    /// <summary>Revoke an API key.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The key has ended.</response>
    [HttpDelete("{id}")]
    [Operation("revokeMyApiKey", LogType = "security")]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Revoke(string id, CancellationToken ct) =>
        Reply(await keys.RevokeAsync(Session, id, Request.IfMatch(), ct));

    /// <summary>Rotate an API key's secret.</summary>
    /// <remarks>The current secret stays valid for a while, so that programs can switch over.</remarks>
    /// <param name="id">The key's id.</param>
    /// <param name="request">How long the current secret stays valid.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The key and its new secret, returned only in this response.</response>
    [HttpPost("{id}/rotate")]
    [Operation("rotateMyApiKey", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<ApiKeySecretDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "not_found", "conflict", "stale_version")]
    public async Task<ActionResult<ApiResponse<ApiKeySecretDto>>> Rotate(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RotateApiKeyRequest? request,
        CancellationToken ct
    ) => Reply(await keys.RotateAsync(Session, id, RotateApiKeyRequest.ToRotation(request, Request.IfMatch()), ct));
}
