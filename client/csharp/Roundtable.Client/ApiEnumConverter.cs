using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roundtable.Client;

/// <summary>Reads a name that a newer server added as <c>Unknown</c>, so that the rest of the answer can still be used.</summary>
internal sealed class ApiEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = typeof(T)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (f.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name, Value: (T)f.GetValue(null)!))
        .Where(v => v.Name is not null)
        .ToDictionary(v => v.Name!, v => v.Value, StringComparer.Ordinal);

    private static readonly Dictionary<T, string> Names = Values.ToDictionary(v => v.Value, v => v.Key);

    private static readonly T Unknown = Enum.Parse<T>("Unknown");

    public static string NameOf(T value) =>
        Names.TryGetValue(value, out var name)
            ? name
            : throw new ArgumentException($"{value} is no {typeof(T).Name} to send.", nameof(value));

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && Values.TryGetValue(name, out var value) ? value : Unknown;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(NameOf(value));
}
