using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Widgets;

/// <summary>
/// Returns the caller by ASP.NET Core Identity's own means: a sample to copy from and to delete. Claims cost no query and are current from
/// the next request after a change; <c>UserManager</c> loads the user.
/// </summary>
[Route("api/v1/wid-gets/caller")]
[Tags("Widgets")]
public sealed class WidgetCallersController(UserManager<User> users) : ApiController
{
    /// <summary>Get the caller.</summary>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The caller.</response>
    [HttpGet]
    [Operation("getWidgetCaller")]
    [ProducesResponseType<ApiResponse<WidgetCaller>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ApiResponse<WidgetCaller>>> Get(CancellationToken ct) =>
        Ok(
            Envelope(
                new WidgetCaller
                {
                    Id = User.FindFirstValue(ClaimTypes.NameIdentifier)!,
                    Email = User.Identity!.Name!,
                    Name = (await users.GetUserAsync(User))?.Name ?? "",
                    IsAdmin = User.IsInRole(Role.AdminName),
                    ReadsAll = User.HasClaim(Permissions.ClaimType, Permissions.WidgetsRead),
                }
            )
        );
}

/// <summary>The caller.</summary>
public sealed record WidgetCaller
{
    /// <summary>The user's id.</summary>
    public required string Id { get; init; }

    /// <summary>The user's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The user's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the user has the role `admin`.</summary>
    public required bool IsAdmin { get; init; }

    /// <summary>Whether the user may read all users' wid gets.</summary>
    public required bool ReadsAll { get; init; }
}
