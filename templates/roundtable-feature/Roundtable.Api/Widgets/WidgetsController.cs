using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Widgets;

namespace Roundtable.Api.Widgets;

/// <summary>One's own wid gets.</summary>
[Route("api/v1/wid-gets")]
[Tags("Widgets")]
public sealed class WidgetsController(WidgetService widgets) : ApiController
{
    /// <summary>List your wid gets.</summary>
    /// <response code="200">A piece of the list.</response>
    [HttpGet]
    [Operation("listWidgets")]
    [ProducesResponseType<ApiResponse<PagedList<WidgetDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<WidgetDto>>>> List([FromQuery] WidgetListRequest request, CancellationToken ct) =>
        Reply(await widgets.ListAsync(Caller, request.ToOrder(), request.ToPage(), ct));

    /// <summary>Read a wid get of yours.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">What was asked for, its version in `ETag`.</response>
    [HttpGet("{id}")]
    [Operation("getWidget")]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyVersioned(await widgets.GetAsync(Caller, id, ct));

    /// <summary>Make a wid get.</summary>
    /// <param name="request">What it is made of.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="201">What was made, its version in `ETag`.</response>
    [HttpPost]
    [Operation("createWidget")]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "not_while_impersonating")]
    public async Task<ActionResult> Create(CreateWidgetRequest request, CancellationToken ct) =>
        ReplyCreated(await widgets.CreateAsync(Caller, request.ToDraft(), ct), made => $"/api/v1/wid-gets/{made.Id}");

    /// <summary>Change a wid get of yours.</summary>
    /// <remarks>
    /// Members that are absent stay; null clears what may be empty. With <c>If-Match</c> the change is made to that version only.
    /// </remarks>
    /// <param name="id">Its id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">As it is now.</response>
    [HttpPatch("{id}")]
    [Operation("updateWidget")]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Update(string id, UpdateWidgetRequest request, CancellationToken ct) =>
        ReplyVersioned(await widgets.UpdateAsync(Caller, id, request.ToChanges(), Request.IfMatch(), ct));

    /// <summary>Delete a wid get of yours.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">It is gone.</response>
    [HttpDelete("{id}")]
    [Operation("deleteWidget")]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Delete(string id, CancellationToken ct) =>
        Reply(await widgets.DeleteAsync(Caller, id, Request.IfMatch(), ct));
}
