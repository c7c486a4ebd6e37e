using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Api.Common;

/// <summary>Turns results into answers: the envelope on success, a problem document otherwise.</summary>
[ApiController]
public abstract class ApiController : ControllerBase
{
    /// <summary>Who asks. Only for endpoints that need a session.</summary>
    protected CurrentSession Caller => User.CurrentSession() ?? throw new InvalidOperationException("This endpoint must require a session.");

    protected ActionResult<ApiResponse<T>> Reply<T>(Result<T> result) => result.Failed ? Problem(result.Error!) : Ok(Envelope(result.Value));

    protected ActionResult<ApiResponse<PagedList<T>>> Reply<T>(Result<Page<T>> result) => result.Failed
        ? Problem(result.Error!)
        : Ok(Envelope(new PagedList<T>
        {
            Items = result.Value.Items,
            Pagination = new Pagination
            {
                NextCursor = result.Value.NextCursor,
                HasMore = result.Value.NextCursor is not null,
                Count = result.Value.Items.Count,
                Total = result.Value.Total,
            },
        }));

    /// <summary>A user, with the version in <c>ETag</c>.</summary>
    protected ActionResult ReplyUser(Result<UserDto> result)
    {
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        Response.SetVersion(result.Value.Version);
        return Ok(Envelope(result.Value));
    }

    /// <summary>A list that is short by nature, in the shape of all lists.</summary>
    protected ActionResult<ApiResponse<PagedList<T>>> ReplyAll<T>(Result<IReadOnlyList<T>> result) =>
        Reply(result.Failed ? (Result<Page<T>>)result.Error! : new Page<T>(result.Value, null, null));

    protected ActionResult Reply(Result result) => result.Failed ? Problem(result.Error!) : NoContent();

    /// <summary>202 with no data: what happens next happens by mail, and the answer is the same for everybody.</summary>
    protected ActionResult ReplyAccepted(Result result) => result.Failed ? Problem(result.Error!) : Accepted(Envelope<object?>(null));

    protected ObjectResult Problem(Error error)
    {
        var problem = ApiProblems.From(error, HttpContext);
        return new ObjectResult(problem) { StatusCode = problem.Status, ContentTypes = { ApiProblems.ContentType } };
    }

    protected ApiResponse<T> Envelope<T>(T data) => new()
    {
        Data = data,
        Meta = new ResponseMeta
        {
            RequestId = HttpContext.TraceIdentifier,
            Timestamp = HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
        },
    };
}
