using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Statistics;

/// <summary>Retrieve usage statistics.</summary>
[Route("api/v1/admin/stats")]
[Tags("Statistics")]
public sealed class StatisticsController(StatisticsService statistics) : ApiController
{
    /// <summary>Retrieve daily statistics.</summary>
    /// <response code="200">The statistics of each day and the totals of the period.</response>
    [HttpGet]
    [Operation("getStatistics")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersList)]
    [ProducesResponseType<ApiResponse<StatsDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed")]
    public async Task<ActionResult<ApiResponse<StatsDto>>> Get([FromQuery] StatisticsRequest request, CancellationToken ct) =>
        Reply(await statistics.GetAsync(request.FirstDay, request.LastDay, ct));
}
