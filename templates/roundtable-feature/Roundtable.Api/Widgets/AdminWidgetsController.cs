using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Widgets;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Widgets;

/// <summary>Everybody's wid gets.</summary>
[Route("api/v1/admin/wid-gets")]
[Tags("AdminWidgets")]
public sealed class AdminWidgetsController(WidgetAdminService widgets) : ApiController
{
    /// <summary>List everybody's wid gets.</summary>
    /// <param name="request">Which piece, in which order.</param>
    /// <param name="owner">The id of the user whose they are; absent for everybody's.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">A piece of the list.</response>
    [HttpGet]
    [Operation("listAllWidgets")]
    [RequirePermission(Permissions.WidgetsRead)]
    [ProducesResponseType<ApiResponse<PagedList<WidgetDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<WidgetDto>>>> List(
        [FromQuery] WidgetListRequest request,
        [FromQuery, StringLength(36, ErrorMessage = "This is not an id.")] string? owner,
        CancellationToken ct
    ) => Reply(await widgets.ListAsync(owner, request.ToOrder(), request.ToPage(), ct));

    /// <summary>Read a wid get, whosever it is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">What was asked for, its version in `ETag`.</response>
    [HttpGet("{id}")]
    [Operation("getAnyWidget")]
    [RequirePermission(Permissions.WidgetsRead)]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyVersioned(await widgets.GetAsync(id, ct));

    /// <summary>Change a wid get, whosever it is.</summary>
    /// <remarks>
    /// Members that are absent stay; null clears what may be empty. With <c>If-Match</c> the change is made to that version only.
    /// </remarks>
    /// <param name="id">Its id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">As it is now.</response>
    [HttpPatch("{id}")]
    [Operation("updateAnyWidget", LogType = "security")]
    [RequirePermission(Permissions.WidgetsWrite)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Update(string id, UpdateWidgetRequest request, CancellationToken ct) =>
        ReplyVersioned(await widgets.UpdateAsync(id, request.ToChanges(), Request.IfMatch(), ct));

    /// <summary>Delete a wid get, whosever it is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">It is gone.</response>
    [HttpDelete("{id}")]
    [Operation("deleteAnyWidget", LogType = "security")]
    [RequirePermission(Permissions.WidgetsWrite)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Delete(string id, CancellationToken ct) => Reply(await widgets.DeleteAsync(id, Request.IfMatch(), ct));
}
