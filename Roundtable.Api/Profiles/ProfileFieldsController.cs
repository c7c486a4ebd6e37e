using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Profiles;

namespace Roundtable.Api.Profiles;

/// <summary>What profiles hold here.</summary>
[Route("api/v1/profile-fields")]
[Tags("Users")]
public sealed class ProfileFieldsController(ProfileFields fields) : ApiController
{
    /// <summary>List the fields that this installation adds to profiles.</summary>
    /// <remarks>Their values stand in <c>profile.extra</c> of an account. The list changes with the configuration only.</remarks>
    /// <response code="200">The fields, in the order to show them.</response>
    [HttpGet]
    [Operation("listProfileFields")]
    [ProducesResponseType<ApiResponse<PagedList<ProfileFieldDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public ActionResult<ApiResponse<PagedList<ProfileFieldDto>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPiece(fields.List(), request, f => f.Name);
}
