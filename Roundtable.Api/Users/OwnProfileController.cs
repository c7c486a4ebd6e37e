using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;

namespace Roundtable.Api.Users;

/// <summary>Changing one's own profile.</summary>
[Route("api/v1/users/me")]
[Tags("Users")]
public sealed class OwnProfileController(UserService users) : ApiController
{
    /// <summary>Change your profile.</summary>
    /// <remarks>
    /// Members that are absent stay; null clears what may be empty. With <c>If-Match</c> the change is made to that version only.
    /// </remarks>
    /// <response code="200">The account as it is now.</response>
    [HttpPatch]
    [Operation("updateMe")]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "stale_version")]
    public async Task<ActionResult> UpdateMe(UpdateProfileRequest request, CancellationToken ct) =>
        ReplyVersioned(await users.UpdateAsync(Caller, request.ToChanges(), Request.IfMatch(), ct));
}
