using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Widgets;

/// <summary>
/// Who calls, by ASP.NET Core Identity's own means: a sample to take from, and to delete. Claims cost no query and are right from the next
/// request after a change; <c>UserManager</c> loads the user.
/// </summary>
[Route("api/v1/wid-gets/caller")]
[Tags("Widgets")]
public sealed class WidgetCallersController(UserManager<User> users) : ApiController
{
    /// <summary>Say who calls.</summary>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">Who calls.</response>
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

/// <summary>Who calls.</summary>
public sealed record WidgetCaller
{
    /// <summary>The user's id.</summary>
    public required string Id { get; init; }

    /// <summary>The user's address.</summary>
    public required string Email { get; init; }

    /// <summary>The user's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether they hold the role `admin`.</summary>
    public required bool IsAdmin { get; init; }

    /// <summary>Whether they may read everybody's wid gets.</summary>
    public required bool ReadsAll { get; init; }
}
