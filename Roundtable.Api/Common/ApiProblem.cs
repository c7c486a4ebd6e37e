using System.Text.Json.Serialization;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>A problem document (RFC 9457).</summary>
public sealed record ApiProblem
{
    /// <summary>A URI that identifies the problem type.</summary>
    /// <example>urn:roundtable:problem:validation_failed</example>
    public required string Type { get; init; }

    /// <summary>A short title of the problem type.</summary>
    /// <example>Bad Request</example>
    public required string Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    /// <example>400</example>
    public required int Status { get; init; }

    /// <summary>A human-readable explanation.</summary>
    public required string Detail { get; init; }

    /// <summary>The requested path.</summary>
    /// <example>/api/v1/users/me</example>
    public required string Instance { get; init; }

    /// <summary>Always false.</summary>
    public bool Success { get; init; }

    /// <summary>The error code, stable and in snake_case. Branch on it.</summary>
    /// <example>validation_failed</example>
    public required string Code { get; init; }

    /// <summary>Details of the error, such as <c>resource</c> and <c>id</c>, or <c>field</c> and <c>reason</c>.</summary>
    public required IReadOnlyDictionary<string, object?> Context { get; init; }

    /// <summary>The messages by field; only for <c>validation_failed</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>
    /// The reasons by field, in the order of <c>errors</c>, for clients with their own wording; only for
    /// <c>validation_failed</c>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, FieldReason[]>? Reasons { get; init; }

    /// <summary>The request's id, as in the header <c>X-Request-Id</c> and the logs.</summary>
    public required string RequestId { get; init; }
}
