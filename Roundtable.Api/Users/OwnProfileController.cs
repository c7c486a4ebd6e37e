using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Api.Users;

/// <summary>Update your own profile.</summary>
[Route("api/v1/users/me")]
[Tags("Users")]
public sealed class OwnProfileController(UserService users) : ApiController
{
    /// <summary>Update your profile.</summary>
    /// <remarks>Omitted members keep their value; null clears optional ones. With <c>If-Match</c>, only that version is changed.</remarks>
    /// <response code="200">The updated account.</response>
    [HttpPatch]
    [Operation("updateMe")]
    [AllowApiKey(ApiKeyScopes.MeWrite)]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "stale_version")]
    public async Task<ActionResult> UpdateMe(UpdateProfileRequest request, CancellationToken ct) =>
        ReplyVersioned(await users.UpdateAsync(Caller, request.ToChanges(), Request.IfMatch(), ct));
}
