using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.ServiceAccounts;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.ServiceAccounts;

/// <summary>Manage accounts of programs.</summary>
[Route("api/v1/admin/service-accounts")]
[Tags("ServiceAccounts")]
public sealed class ServiceAccountsController(ServiceAccountService accounts) : ApiController
{
    /// <summary>List service accounts.</summary>
    /// <response code="200">A page of service accounts, newest first.</response>
    [HttpGet]
    [Operation("listServiceAccounts")]
    [RequirePermission(Permissions.ServiceAccountsRead)]
    [ProducesResponseType<ApiResponse<PagedList<ServiceAccountDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<ServiceAccountDto>>>> List(
        [FromQuery] ListRequest request,
        CancellationToken ct
    ) => Reply(await accounts.ListAsync(request.ToPage(), ct));

    /// <summary>Retrieve a service account.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The account, with its version in `ETag`.</response>
    [HttpGet("{id}")]
    [Operation("getServiceAccount")]
    [RequirePermission(Permissions.ServiceAccountsRead)]
    [ProducesResponseType<ApiResponse<ServiceAccountDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyVersioned(await accounts.GetAsync(id, ct));

    /// <summary>Create a service account.</summary>
    /// <remarks>It cannot sign in: create an API key for it.</remarks>
    /// <param name="request">The account to create.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="201">The account.</response>
    [HttpPost]
    [Operation("createServiceAccount", LogType = "security")]
    [RequirePermission(Permissions.ServiceAccountsWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<ServiceAccountDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult> Create(CreateServiceAccountRequest request, CancellationToken ct) =>
        ReplyCreated(await accounts.CreateAsync(Session, request.ToData(), ct), a => $"/api/v1/admin/service-accounts/{a.Id}");

    /// <summary>Update a service account.</summary>
    /// <remarks>Omitted members keep their value. While it is disabled, none of its keys works.</remarks>
    /// <param name="id">The account's id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated account.</response>
    [HttpPatch("{id}")]
    [Operation("updateServiceAccount", LogType = "security")]
    [RequirePermission(Permissions.ServiceAccountsWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<ServiceAccountDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Update(string id, UpdateServiceAccountRequest request, CancellationToken ct) =>
        ReplyVersioned(await accounts.ChangeAsync(Session, id, request.ToPatch(), Request.IfMatch(), ct));

    /// <summary>Delete a service account and its API keys.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The account was deleted.</response>
    [HttpDelete("{id}")]
    [Operation("deleteServiceAccount", LogType = "security")]
    [RequirePermission(Permissions.ServiceAccountsWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Delete(string id, CancellationToken ct) =>
        Reply(await accounts.DeleteAsync(Session, id, Request.IfMatch(), ct));
}
