using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Widgets;

namespace Roundtable.Api.Widgets;

/// <summary>The user's own wid gets.</summary>
[Route("api/v1/wid-gets")]
[Tags("Widgets")]
public sealed class WidgetsController(WidgetService widgets) : ApiController
{
    /// <summary>List your wid gets.</summary>
    /// <response code="200">A page of the list.</response>
    [HttpGet]
    [Operation("listWidgets")]
    [ProducesResponseType<ApiResponse<PagedList<WidgetDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<WidgetDto>>>> List([FromQuery] WidgetListRequest request, CancellationToken ct) =>
        Reply(await widgets.ListAsync(Session, request.ToOrder(), request.ToPage(), ct));

    /// <summary>Get one of your wid gets.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The wid get, its version in `ETag`.</response>
    [HttpGet("{id}")]
    [Operation("getWidget")]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyVersioned(await widgets.GetAsync(Session, id, ct));

    /// <summary>Make a wid get.</summary>
    /// <param name="request">Its members.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="201">The created wid get, its version in `ETag`.</response>
    [HttpPost]
    [Operation("createWidget")]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "not_while_impersonating")]
    public async Task<ActionResult> Create(CreateWidgetRequest request, CancellationToken ct) =>
        ReplyCreated(await widgets.CreateAsync(Session, request.ToDraft(), ct), made => $"/api/v1/wid-gets/{made.Id}");

    /// <summary>Update one of your wid gets.</summary>
    /// <remarks>
    /// Absent members stay unchanged; null clears a member that may be empty. With <c>If-Match</c> only that version is changed.
    /// </remarks>
    /// <param name="id">Its id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated wid get.</response>
    [HttpPatch("{id}")]
    [Operation("updateWidget")]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WidgetDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Update(string id, UpdateWidgetRequest request, CancellationToken ct) =>
        ReplyVersioned(await widgets.UpdateAsync(Session, id, request.ToChanges(), Request.IfMatch(), ct));

    /// <summary>Delete one of your wid gets.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">It is deleted.</response>
    [HttpDelete("{id}")]
    [Operation("deleteWidget")]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Delete(string id, CancellationToken ct) =>
        Reply(await widgets.DeleteAsync(Session, id, Request.IfMatch(), ct));
}
