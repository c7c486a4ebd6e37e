using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Roundtable.Api.Administration;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Http;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Profiles;
using Roundtable.Application.Transfer;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Transfer;

/// <summary>Import and export users.</summary>
[Route("api/v1/admin/users")]
[Tags("AdminUsers")]
public sealed class UserTransferController(UserExportService export, UserImportService import, ProfileFields fields) : ApiController
{
    private const long MaxImportBytes = 10 * 1024 * 1024;

    private static readonly ExportColumn<ExportedUserDto>[] Columns =
    [
        new("id", u => u.Id),
        new("email", u => u.Email),
        new("name", u => u.Name),
        new("emailVerified", u => u.EmailVerified),
        new("roles", u => u.Roles),
        new("banned", u => u.Banned),
        new("banReason", u => u.BanReason),
        new("banExpiresAt", u => u.BanExpiresAt),
        new("twoFactorEnabled", u => u.TwoFactorEnabled),
        new("logins", u => u.Logins.Select(l => l.ToString())),
        new("image", u => u.Image),
        new("bio", u => u.Profile.Bio),
        new("locale", u => u.Profile.Locale),
        new("timeZone", u => u.Profile.TimeZone),
        new("lastSeenAt", u => u.LastSeenAt),
        new("createdAt", u => u.CreatedAt),
        new("updatedAt", u => u.UpdatedAt),
    ];

    /// <summary>Export users to a file.</summary>
    /// <remarks>
    /// Takes the filters of the list. CSV cells that a spreadsheet would read as a formula are prefixed with an apostrophe.
    /// </remarks>
    /// <param name="request">Filters for users.</param>
    /// <param name="format">The file format. Default: csv.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The file, oldest accounts first.</response>
    [HttpGet("export")]
    [Operation("exportUsers", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersExport)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ExportRateLimit]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/csv", "application/x-ndjson")]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "rate_limited")]
    public async Task<IActionResult> Export([FromQuery] UserFilterRequest request, [FromQuery] ExportFormat format, CancellationToken ct)
    {
        var users = await export.RunAsync(request.ToFilter(), ct);
        return users.Failed
            ? Problem(users.Error!)
            : new ExportResult<ExportedUserDto>(
                users.Value,
                format,
                "users",
                [.. Columns, .. fields.All.Select(f => new ExportColumn<ExportedUserDto>(f.Path, u => u.Profile.Extra?[f.Name].Content))]
            );
    }

    /// <summary>Import users from a file.</summary>
    /// <remarks>
    /// CSV (with a header row) or NDJSON, in UTF-8, at most 10 MB and 100,000 rows, with <c>email, name, emailVerified, roles,
    /// passwordHash, logins, createdAt, banned, banReason, banExpiresAt, image, bio, locale, timeZone</c>. Only <c>email</c> is required.
    /// Several roles in a CSV cell are separated by <c>;</c>. Custom profile fields are columns <c>extra.NAME</c> in CSV and
    /// members of the object <c>extra</c> in NDJSON, where <c>bio, locale, timeZone</c> are members of the object <c>profile</c>.
    /// External logins are <c>provider:subject</c> in CSV, separated by <c>;</c>, and objects with these members in NDJSON.
    /// Exported files can be imported as they are; their <c>id, twoFactorEnabled, lastSeenAt, updatedAt, picture</c> are ignored. In CSV,
    /// case, spaces and hyphens in column names are ignored, as are blank rows and spaces around cells. All valid rows are
    /// imported, in batches; the others are reported. Password hashes of ASP.NET Core Identity and of Better Auth are accepted.
    /// </remarks>
    /// <param name="dryRun">Whether to validate and report only, without writing. Default: false.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The result for each row.</response>
    [HttpPost("import")]
    [Operation("importUsers", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersImport)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [TakesMediaTypes("text/csv", "application/x-ndjson")]
    [RequestSizeLimit(MaxImportBytes)]
    [ProducesResponseType<ApiResponse<ImportReportDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult<ApiResponse<ImportReportDto>>> Import([FromQuery] bool dryRun, CancellationToken ct)
    {
        // Buffer the whole body first, on disk beyond the first bytes: a file that is too large or truncated must not be half imported.
        Request.EnableBuffering();
        var encoding = await Utf8Text.FindProblemAsync(Request.Body, ct);
        await Request.Body.DrainAsync(ct);
        if (encoding is { } wrong)
        {
            return Problem(ImportErrors.NotUtf8(wrong.Line, wrong.Problem));
        }

        var json = HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        var isCsv = Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) == true;
        try
        {
            return Reply(await import.RunAsync(Caller, Rows, dryRun, ct));
        }
        catch (ImportFormatException e)
        {
            return Problem(e.Error);
        }

        IAsyncEnumerable<ImportRow> Rows()
        {
            Request.Body.Position = 0;
            return isCsv ? CsvRows.ReadAsync(Request.Body, fields, ct) : NdjsonRows.ReadAsync(Request.Body, json, ct);
        }
    }
}
