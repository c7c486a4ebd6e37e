using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roundtable.Tests.Documentation;

/// <summary>JSON as shown on a page: <c>…</c> matches anything, and values that differ each time are not compared.</summary>
internal static class JsonPattern
{
    private const string Any = "@@any";

    private static readonly string[] Volatile = ["requestId", "id", "createdAt", "updatedAt", "lastSeenAt", "expiresAt", "timestamp"];

    /// <summary>The status of a problem document.</summary>
    public static string? Status(string pattern) => (Parse(pattern) as JsonObject)?["status"]?.ToString();

    /// <summary>Parses the pattern as JSON; null if it is invalid.</summary>
    public static JsonNode? Parse(string pattern)
    {
        var text = pattern
            .Replace(",…}", $",\"{Any}\":0}}", StringComparison.Ordinal)
            .Replace("{…}", $"{{\"{Any}\":0}}", StringComparison.Ordinal)
            .Replace(":…", $":\"{Any}\"", StringComparison.Ordinal);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Compares the last response with the page's pattern.</summary>
    public static IEnumerable<string> Faults(string pattern, string output)
    {
        var last = Answers(output).LastOrDefault();
        return Parse(pattern) is not { } expected ? ["this is no JSON"]
            : last is null ? ["there is no answer"]
            : Faults(expected, last, "$");
    }

    private static IEnumerable<string> Faults(JsonNode? expected, JsonNode? actual, string at)
    {
        switch (expected, actual)
        {
            case (JsonObject e, JsonObject a):
                var open = e.ContainsKey(Any);
                var members = e.Where(m => m.Key != Any).ToList();
                var names = members
                    .Select(m => m.Key)
                    .Where(n => !a.ContainsKey(n))
                    .Select(n => $"{at}.{n} is not in the answer")
                    .Concat(
                        open
                            ? []
                            : a.Select(m => m.Key).Where(n => !e.ContainsKey(n)).Select(n => $"{at}.{n} is in the answer and not shown")
                    );
                return names
                    .Concat(
                        members
                            .Where(m => a.ContainsKey(m.Key) && !Volatile.Contains(m.Key))
                            .SelectMany(m => Faults(m.Value, a[m.Key], $"{at}.{m.Key}"))
                    )
                    .ToList();
            case (JsonArray e, JsonArray a):
                return e.Count > a.Count
                    ? [$"{at} has {a.Count} items"]
                    : e.Zip(a).SelectMany((p, i) => Faults(p.First, p.Second, $"{at}[{i}]")).ToList();
            default:
                return expected?.ToString() == Any || JsonNode.DeepEquals(expected, actual)
                    ? []
                    : [$"{at} is {actual?.ToJsonString() ?? "null"}, shown is {expected?.ToJsonString() ?? "null"}"];
        }
    }

    // Responses follow each other without a line break.
    private static List<JsonNode?> Answers(string output)
    {
        var found = new List<JsonNode?>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(output), new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                found.Add(JsonNode.Parse(ref reader));
            }
        }
        catch (JsonException)
        {
            // The rest is not a response.
        }

        return found;
    }
}
