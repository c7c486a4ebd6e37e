using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Pictures;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Pictures;

/// <summary>Remove users' pictures.</summary>
[Route("api/v1/admin/users/{id}/picture")]
[Tags("AdminUsers")]
public sealed class AdminPicturesController(PictureAdminService pictures) : ApiController
{
    /// <summary>Remove a user's picture.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The picture was removed.</response>
    [HttpDelete]
    [Operation("removeUserPicture", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersUpdate)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Remove(string id, CancellationToken ct) =>
        Reply(await pictures.RemoveAsync(Caller, id, Request.IfMatch(), ct));
}
