using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.ApiKeys;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.ApiKeys;

/// <summary>List and revoke the API keys of all users and service accounts.</summary>
[Route("api/v1/admin/api-keys")]
[Tags("AdminApiKeys")]
public sealed class AdminApiKeysController(ApiKeyAdminService keys) : ApiController
{
    /// <summary>List API keys.</summary>
    /// <response code="200">A page of keys, newest first, without their secrets.</response>
    [HttpGet]
    [Operation("listApiKeys")]
    [RequirePermission(Permissions.ApiKeysRead)]
    [ProducesResponseType<ApiResponse<PagedList<ApiKeyDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<ApiKeyDto>>>> List([FromQuery] ApiKeyListRequest request, CancellationToken ct) =>
        Reply(await keys.ListAsync(request.ToFilter(), request.ToPage(), ct));

    /// <summary>Revoke an API key.</summary>
    /// <remarks>The owner is notified by mail.</remarks>
    /// <param name="id">The key's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The key has ended.</response>
    [HttpDelete("{id}")]
    [Operation("revokeApiKey", LogType = "security")]
    [RequirePermission(Permissions.ApiKeysRevoke)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> Revoke(string id, CancellationToken ct) => Reply(await keys.RevokeAsync(Session, id, ct));
}
