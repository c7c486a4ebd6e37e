using System.Text.Json.Serialization;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>An error, as RFC 9457 describes it.</summary>
public sealed record ApiProblem
{
    /// <summary>A URI that names the kind of problem.</summary>
    /// <example>urn:roundtable:problem:validation_failed</example>
    public required string Type { get; init; }

    /// <summary>The kind of problem in a few words.</summary>
    /// <example>Bad Request</example>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    /// <example>400</example>
    public required int Status { get; init; }

    /// <summary>What is wrong, in a sentence for people.</summary>
    public required string Detail { get; init; }

    /// <summary>The path that was asked for.</summary>
    /// <example>/api/v1/users/me</example>
    public required string Instance { get; init; }

    /// <summary>Always false.</summary>
    public bool Success { get; init; }

    /// <summary>What to branch on: stable, snake_case.</summary>
    /// <example>validation_failed</example>
    public required string Code { get; init; }

    /// <summary>What it is about, such as <c>resource</c> and <c>id</c>, or <c>field</c> and <c>reason</c>.</summary>
    public required IReadOnlyDictionary<string, object?> Context { get; init; }

    /// <summary>What is wrong by field; only for <c>validation_failed</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>
    /// Why, by field and in the order of <c>errors</c>, for programs that word it themselves; only for <c>validation_failed</c>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, FieldReason[]>? Reasons { get; init; }

    /// <summary>The request's id, as in the header <c>X-Request-Id</c> and the logs.</summary>
    public required string RequestId { get; init; }
}
