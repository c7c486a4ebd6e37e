using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Widgets;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Widgets;

/// <summary>All users' wid gets.</summary>
[Route("api/v1/admin/wid-gets")]
[Tags("AdminWidgets")]
public sealed class AdminWidgetsController(WidgetAdminService widgets) : ApiController
{
    /// <summary>List all users' wid gets.</summary>
    /// <param name="request">Which page, in which order.</param>
    /// <param name="owner">The id of the owner; absent for all users.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">A page of the list.</response>
    [HttpGet]
    [Operation("listAllWidgets")]
    [AllowApiKey]
    [RequirePermission(Permissions.WidgetsRead)]
    [ProducesResponseType<ApiResponse<PagedList<WidgetDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<WidgetDto>>>> List(
        [FromQuery] WidgetListRequest request,
        [FromQuery, TextLength(36, "not_an_id", ErrorMessage = "This is not an id.")] string? owner,
        CancellationToken ct
    ) => Reply(await widgets.ListAsync(owner, request.ToOrder(), request.ToPage(), ct));

    /// <summary>Get a wid get of any user.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The wid get, its version in `ETag`.</response>
    [HttpGet("{id}")]
    [Operation("getAnyWidget")]
    [AllowApiKey]
    [RequirePermission(Permissions.WidgetsRead)]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyVersioned(await widgets.GetAsync(id, ct));

    /// <summary>Update a wid get of any user.</summary>
    /// <remarks>
    /// Absent members stay unchanged; null clears a member that may be empty. With <c>If-Match</c> only that version is changed.
    /// </remarks>
    /// <param name="id">Its id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated wid get.</response>
    [HttpPatch("{id}")]
    [Operation("updateAnyWidget", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.WidgetsWrite)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Update(string id, UpdateWidgetRequest request, CancellationToken ct) =>
        ReplyVersioned(await widgets.UpdateAsync(id, request.ToChanges(), Request.IfMatch(), ct));

    /// <summary>Delete a wid get of any user.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">It is deleted.</response>
    [HttpDelete("{id}")]
    [Operation("deleteAnyWidget", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.WidgetsWrite)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Delete(string id, CancellationToken ct) => Reply(await widgets.DeleteAsync(id, Request.IfMatch(), ct));
}
