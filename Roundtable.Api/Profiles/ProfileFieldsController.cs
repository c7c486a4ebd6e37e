using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Profiles;

namespace Roundtable.Api.Profiles;

/// <summary>List custom profile fields.</summary>
[Route("api/v1/profile-fields")]
[Tags("Users")]
public sealed class ProfileFieldsController(ProfileFields fields) : ApiController
{
    /// <summary>List the custom profile fields of this installation.</summary>
    /// <remarks>Their values are in <c>profile.extra</c> of an account. The list changes only with the configuration.</remarks>
    /// <response code="200">The fields in display order.</response>
    [HttpGet]
    [Operation("listProfileFields")]
    [AllowApiKey]
    [ProducesResponseType<ApiResponse<PagedList<ProfileFieldDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public ActionResult<ApiResponse<PagedList<ProfileFieldDto>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPage(fields.List(), request, f => f.Name);
}
