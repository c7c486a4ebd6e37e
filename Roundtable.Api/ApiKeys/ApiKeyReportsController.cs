using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.ApiKeys;

namespace Roundtable.Api.ApiKeys;

/// <summary>Report API keys that leaked.</summary>
[Route("api/v1/auth/api-keys")]
[Tags("ApiKeys")]
public sealed class ApiKeyReportsController(ApiKeyReportService reports) : ApiController
{
    /// <summary>Report an API key that leaked, which ends it.</summary>
    /// <remarks>For anyone who found one, such as a secret scanner. The owner is notified by mail.</remarks>
    /// <response code="204">The key has ended, if it was one.</response>
    [HttpPost("report")]
    [Operation("reportApiKey", LogType = "security")]
    [AllowAnonymous]
    [AllowApiKey]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Report(ReportApiKeyRequest request, CancellationToken ct) =>
        Reply(await reports.ReportAsync(request.Key, ct));
}
