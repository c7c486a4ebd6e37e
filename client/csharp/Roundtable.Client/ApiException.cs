using System.Collections.ObjectModel;
using System.Net;
using System.Text.Json;

namespace Roundtable.Client;

/// <summary>A refusal of the API (RFC 9457), or an answer that is not the API's, such as a proxy's.</summary>
public sealed class ApiException : Exception
{
    private const string UnexpectedAnswer = "unexpected_answer";

    private ApiException(HttpResponseMessage response, ApiProblem? problem, Exception? inner)
        : base(problem?.Detail ?? $"The server answered {(int)response.StatusCode}, but not as the API does.", inner)
    {
        Status = response.StatusCode;
        Code = problem?.Code ?? UnexpectedAnswer;
        Context = problem?.Context ?? ReadOnlyDictionary<string, JsonElement>.Empty;
        Errors = problem?.Errors ?? ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
        Reasons = problem?.Reasons ?? ReadOnlyDictionary<string, IReadOnlyList<FieldReason>>.Empty;
        RequestId = problem?.RequestId ?? (response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : null);
        RetryAfter = response.Headers.RetryAfter?.Delta;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>What to branch on: stable, snake_case; <c>unexpected_answer</c> when the answer is not the API's.</summary>
    public string Code { get; }

    /// <summary>Details, such as <c>resource</c> and <c>id</c>, or <c>scope</c> when the API key lacks one.</summary>
    public IReadOnlyDictionary<string, JsonElement> Context { get; }

    /// <summary>What is wrong by field; empty unless <c>validation_failed</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; }

    /// <summary>Why, by field and in the order of <see cref="Errors"/>: to be worded in one's own language.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FieldReason>> Reasons { get; }

    /// <summary>To be found again in the server's logs.</summary>
    public string? RequestId { get; }

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan? RetryAfter { get; }

    internal static ApiException Unexpected(HttpResponseMessage response, Exception reason) => new(response, null, reason);

    internal static async Task<ApiException> FromAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new ApiException(response, Parse(body), null);
    }

    private static ApiProblem? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<ApiProblem>(body, ApiClientBase.Json) is { Code: not null } problem ? problem : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
