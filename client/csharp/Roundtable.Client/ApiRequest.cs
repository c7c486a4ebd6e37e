using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Roundtable.Client;

/// <summary>A request of a generated method. Members that are null are left out.</summary>
/// <param name="path">Relative to the base address, with the names of its parameters in braces.</param>
internal sealed class ApiRequest(string method, string path)
{
    private readonly StringBuilder query = new();
    private readonly List<(string Name, string Value)> headers = [];
    private string path = path.TrimStart('/');
    private HttpContent? content;

    public void Path(string name, string value)
    {
        // These would lead to another path than the parameter's.
        if (value is null or "" or "." or "..")
        {
            throw new ArgumentException($"'{value}' is no value of {name}.", name);
        }

        path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
    }

    public void Query(string name, string? value)
    {
        if (value is not null)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    public void Query(string name, bool? value) =>
        Query(
            name,
            value switch
            {
                true => "true",
                false => "false",
                null => null,
            }
        );

    public void Query(string name, int? value) => Query(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Query(string name, DateTimeOffset? value) => Query(name, value?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    public void Query<T>(string name, T? value)
        where T : struct, Enum => Query(name, value is { } known ? ApiEnumConverter<T>.NameOf(known) : null);

    public void Header(string name, string? value)
    {
        if (value is not null)
        {
            headers.Add((name, value));
        }
    }

    /// <summary>Sets the body: a content as it is, anything else as JSON.</summary>
    public void Body(object? body)
    {
        content = body switch
        {
            null => null,
            HttpContent file => file,
            _ => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ApiClientBase.Json))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
    }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(method), path + query) { Content = content };
        foreach (var (name, value) in headers)
        {
            message.Headers.Add(name, value);
        }

        return message;
    }
}
