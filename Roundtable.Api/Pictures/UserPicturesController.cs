using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Http;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Pictures;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Pictures;

/// <summary>Show users' pictures.</summary>
[Route("api/v1/users/{id}/picture")]
[Tags("Users")]
public sealed class UserPicturesController(PictureQueryService pictures) : ApiController
{
    /// <summary>Retrieve a user's picture.</summary>
    /// <remarks>
    /// Its address is <c>picture.url</c> of the account or the public profile. With the current version, browsers may keep the answer.
    /// An API key needs <c>users:read</c>, or <c>me:read</c> for its owner.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="v">The picture's version. Any other version returns the current picture too.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The picture.</response>
    [HttpGet]
    [PictureRateLimit]
    [Operation("getUserPicture")]
    [AllowApiKey(Permissions.UsersRead, ApiKeyScopes.MeRead)]
    [ProducesResponseType<byte[]>(StatusCodes.Status200OK, PictureFile.Png, PictureFile.Jpeg, PictureFile.Webp)]
    [ProducesErrors("validation_failed", "forbidden", "not_found")]
    public async Task<ActionResult> Get(string id, [FromQuery] string? v, CancellationToken ct)
    {
        var picture = await pictures.GetAsync(Caller, id, ct);
        if (picture.Failed)
        {
            return Problem(picture.Error!);
        }

        var (version, type) = (picture.Value.GetVersion(), picture.Value.MediaType);
        SecurityHeaders.ApplyToUpload(HttpContext, $"picture.{type.Split('/')[1]}");
        Response.Headers.CacheControl = v == version ? "private, max-age=31536000, immutable" : "private, no-cache";
        return File(picture.Value.Content, type, null, new EntityTagHeaderValue($"\"{version}\""));
    }
}
