using System.Text.Encodings.Web;
using System.Text.Json;

namespace Roundtable.Application.Profiles;

/// <summary>Serializes extra field values for the profile's row: one JSON object, without empty fields.</summary>
public static class StoredExtra
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyDictionary<string, ProfileValue> Read(string? stored) =>
        stored is null
            ? new Dictionary<string, ProfileValue>()
            : JsonSerializer.Deserialize<Dictionary<string, ProfileValue>>(stored, Json)!;

    public static string? Write(IReadOnlyDictionary<string, ProfileValue> values) =>
        values.Count == 0 ? null : JsonSerializer.Serialize(values, Json);
}
