using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Roundtable.Api.Authentication;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>Maps results to responses: the envelope on success, a problem document otherwise.</summary>
[ApiController]
public abstract class ApiController : ControllerBase
{
    /// <summary>The caller. Only for endpoints that require a session or an API key.</summary>
    protected Caller Caller => User.Caller() ?? throw new InvalidOperationException("This endpoint must require a session.");

    /// <summary>The caller's session. Only for endpoints that require a session and allow no API key.</summary>
    protected CurrentSession Session =>
        User.CurrentSession() ?? throw new InvalidOperationException("This endpoint must require a session.");

    /// <summary>Returns 201; <c>Location</c> includes the public base path.</summary>
    public override CreatedResult Created([StringSyntax(StringSyntaxAttribute.Uri)] string? uri, [ActionResultObjectValue] object? value) =>
        base.Created($"{Request.PathBase}{uri}", value);

    protected ActionResult<ApiResponse<T>> Reply<T>(Result<T> result) =>
        result.Failed ? Problem(result.Error!) : Ok(Envelope(result.Value));

    protected ActionResult<ApiResponse<PagedList<T>>> Reply<T>(Result<Page<T>> result) =>
        result.Failed
            ? Problem(result.Error!)
            : Ok(
                Envelope(
                    new PagedList<T>
                    {
                        Items = result.Value.Items,
                        Pagination = new Pagination
                        {
                            NextCursor = result.Value.NextCursor,
                            HasMore = result.Value.NextCursor is not null,
                            Count = result.Value.Items.Count,
                            Total = result.Value.Total,
                        },
                    }
                )
            );

    /// <summary>Returns a resource with its version in <c>ETag</c>.</summary>
    protected ActionResult ReplyVersioned<T>(Result<T> result)
        where T : IVersioned
    {
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        Response.SetVersion(result.Value.Version);
        return Ok(Envelope(result.Value));
    }

    /// <summary>Returns 201 with the created resource, its version in <c>ETag</c> and its path in <c>Location</c>.</summary>
    protected ActionResult ReplyCreated<T>(Result<T> result, Func<T, string> path)
        where T : IVersioned
    {
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        Response.SetVersion(result.Value.Version);
        return Created(path(result.Value), Envelope(result.Value));
    }

    /// <summary>Returns a page of a list that is short enough to be read whole.</summary>
    /// <param name="key">The key of the last item, which the cursor stores.</param>
    protected ActionResult<ApiResponse<PagedList<T>>> ReplyPage<T>(
        Result<IReadOnlyList<T>> result,
        ListRequest request,
        Func<T, string> key
    )
    {
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        var cursors = HttpContext.RequestServices.GetRequiredService<ICursorCodec>();
        var list = $"piece:{ControllerContext.ActionDescriptor.DisplayName}:{RouteData.Values["id"]}";
        IEnumerable<T> rest = result.Value;
        if (request.Cursor is not null)
        {
            if (cursors.Decode(list, request.Cursor) is not [var last] || result.Value.All(i => key(i) != last))
            {
                return Problem(Errors.InvalidCursor);
            }

            rest = result.Value.SkipWhile(i => key(i) != last).Skip(1);
        }

        var items = rest.Take(request.Limit + 1).ToList();
        var next = items.Count > request.Limit ? cursors.Encode(list, [key(items[request.Limit - 1])]) : null;
        return Reply<T>(new Page<T>(items.Take(request.Limit).ToList(), next, request.IncludeTotal ? result.Value.Count : null));
    }

    protected ActionResult Reply(Result result) => result.Failed ? Problem(result.Error!) : NoContent();

    /// <summary>Returns 202 without data: the rest happens by mail, and the response is the same for every caller.</summary>
    protected ActionResult ReplyAccepted(Result result) => result.Failed ? Problem(result.Error!) : Accepted(Envelope<object?>(null));

    protected ObjectResult Problem(Error error) => ApiProblems.Result(error, HttpContext);

    protected ApiResponse<T> Envelope<T>(T data) =>
        new()
        {
            Data = data,
            Meta = new ResponseMeta
            {
                RequestId = HttpContext.TraceIdentifier,
                Timestamp = HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            },
        };
}
