using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Http;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Pictures;
using Roundtable.Application.Users;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Api.Pictures;

/// <summary>Change your own picture.</summary>
[Route("api/v1/users/me/picture")]
[Tags("Users")]
public sealed class OwnPictureController(PictureService pictures) : ApiController
{
    /// <summary>Upload your picture.</summary>
    /// <remarks>
    /// The body is a PNG, JPEG or WebP file of at most 256 kB and 1024 x 1024 pixels, not animated. Only its pixels are stored: no
    /// places, devices (EXIF), texts or colour profiles.
    /// </remarks>
    /// <response code="200">The updated account.</response>
    [HttpPut]
    [Operation("setMyPicture")]
    [AllowApiKey(ApiKeyScopes.MeWrite)]
    [TakesMediaTypes(PictureFile.Png, PictureFile.Jpeg, PictureFile.Webp)]
    [RequestSizeLimit(PictureFile.MaxBytes)]
    [UploadRateLimit]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "stale_version", "rate_limited")]
    public async Task<ActionResult> Set(CancellationToken ct)
    {
        using var file = new MemoryStream();
        await Request.Body.CopyToAsync(file, ct);
        var type = Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        return ReplyVersioned(await pictures.SetAsync(Caller, type, file.GetBuffer().AsMemory(0, (int)file.Length), Request.IfMatch(), ct));
    }

    /// <summary>Remove your picture.</summary>
    /// <response code="204">The picture was removed.</response>
    [HttpDelete]
    [Operation("removeMyPicture")]
    [AllowApiKey(ApiKeyScopes.MeWrite)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("not_found", "stale_version")]
    public async Task<ActionResult> Remove(CancellationToken ct) => Reply(await pictures.RemoveAsync(Caller, Request.IfMatch(), ct));
}
