using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roundtable.Client;

/// <summary>The base of every generated client: returns the typed answer or throws <see cref="ApiException"/>.</summary>
/// <param name="http">Sends the requests; its base address is that of the API.</param>
public abstract class ApiClientBase(HttpClient http)
{
    private static readonly ConditionalWeakTable<object, string> ETags = [];

    // A member that is null is left out. Those of a change are of type Optional, which can clear a value.
    internal static JsonSerializerOptions Json { get; } = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    internal static string? ETagOf(object answer) => ETags.TryGetValue(answer, out var tag) ? tag : null;

    private protected async Task SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        (await AnswerAsync(request, cancellationToken).ConfigureAwait(false)).Dispose();

    private protected async Task<T> SendAsync<T>(ApiRequest request, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        // Files are text or bytes; all other answers are JSON.
        var answer =
            typeof(T) == typeof(string) ? (T)(object)await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)
            : typeof(T) == typeof(byte[]) ? (T)(object)await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
            : await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
        if (response.Headers.ETag is { } tag)
        {
            ETags.AddOrUpdate(answer, tag.ToString());
        }

        return answer;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException e)
        {
            throw ApiException.Unexpected(response, e);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage();
        var response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ApiException.FromAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }
}
