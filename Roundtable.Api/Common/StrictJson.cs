using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>The result of reading JSON.</summary>
/// <param name="Value">The object; with errors, one built from the valid members, so that they can be validated too.</param>
/// <param name="Malformed">The reason that it is not JSON; null if it is.</param>
/// <param name="Errors">The errors by member.</param>
internal sealed record JsonReading(object? Value, string? Malformed, IReadOnlyDictionary<string, FieldError[]> Errors);

/// <summary>Reads objects from JSON. The serializer stops at the first error; this reader finds every one, at any depth.</summary>
internal static class StrictJson
{
    /// <summary>The key of errors that concern the whole document.</summary>
    public const string Whole = "body";

    private const string NotJson = "The body is not valid JSON.";

    private static readonly Dictionary<string, FieldError[]> NoErrors = [];

    // Options that accept objects with missing members.
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Lenient = [];

    public static JsonReading Read(ReadOnlyMemory<byte> utf8, Type type, JsonSerializerOptions options)
    {
        if (Utf8Text.Problem(utf8.Span) is { } encoding)
        {
            return new JsonReading(null, $"{encoding} Send the body as UTF-8.", NoErrors);
        }

        options.MakeReadOnly(populateMissingResolver: true);
        try
        {
            using var document = JsonDocument.Parse(Utf8Text.WithoutMark(utf8), new JsonDocumentOptions { MaxDepth = options.MaxDepth });
            return Read(document.RootElement, type, options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is thrown for a name that is not valid Unicode.
            return new JsonReading(null, NotJson, NoErrors);
        }
    }

    private static JsonReading Read(JsonElement root, Type type, JsonSerializerOptions options)
    {
        if (root.ValueKind == JsonValueKind.Null)
        {
            return new JsonReading(null, null, NoErrors);
        }

        var members = new JsonMembers(options);
        var right = members.Check(root, type);
        return members.Errors.Count == 0
            ? new JsonReading(root.Deserialize(type, options), null, NoErrors)
            : new JsonReading(right.Deserialize(type, Lenient.GetValue(options, WithoutRequired)), null, members.Errors);
    }

    private static JsonSerializerOptions WithoutRequired(JsonSerializerOptions options) =>
        new(options)
        {
            RespectRequiredConstructorParameters = false,
            TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(type =>
            {
                foreach (var property in type.Properties)
                {
                    property.IsRequired = false;
                }
            }),
        };
}

/// <summary>Checks the members of a JSON object against a type.</summary>
internal sealed class JsonMembers(JsonSerializerOptions options)
{
    private const int MaxErrors = 100;
    private const int ShownName = 64;

    private readonly Dictionary<string, FieldError[]> errors = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, FieldError[]> Errors => errors;

    /// <summary>Returns the valid members of the object.</summary>
    public JsonObject Check(JsonElement root, Type type)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            return CheckObject(root, options.GetTypeInfo(type), "");
        }

        Add(StrictJson.Whole, FieldErrors.WrongType);
        return [];
    }

    private JsonObject CheckObject(JsonElement value, JsonTypeInfo type, string path)
    {
        var right = new JsonObject();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var name = path + Shown(member.Name);
            if (!seen.Add(member.Name))
            {
                Add(name, new FieldError("repeated", "The member occurs twice."));
            }
            else if (Member(type, member.Name) is not { } expected)
            {
                Add(name, FieldErrors.NoSuchMember);
            }
            else if (Check(member.Value, expected.Type, expected.TakesNull, name, out var node))
            {
                right[member.Name] = node;
            }
        }

        foreach (var missing in type.Properties.Where(p => p.IsRequired && !seen.Contains(p.Name)))
        {
            Add(path + missing.Name, new FieldError("required", "A required member is missing."));
        }

        return right;
    }

    private static (Type Type, bool TakesNull)? Member(JsonTypeInfo type, string name) =>
        type.Kind == JsonTypeInfoKind.Dictionary ? (type.ElementType!, false)
        : type.Properties.FirstOrDefault(p => p.Name == name) is { } property ? (property.PropertyType, property.IsSetNullable)
        : null;

    private bool Check(JsonElement value, Type declared, bool takesNull, string path, out JsonNode? right)
    {
        // An optional member in the body is of its value's type.
        var type =
            declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(Optional<>)
                ? declared.GetGenericArguments()[0]
                : declared;
        var info = options.GetTypeInfo(type);
        right = null;
        switch (info.Kind, value.ValueKind)
        {
            case (JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary, JsonValueKind.Object):
                right = CheckObject(value, info, $"{path}.");
                return true;
            case (JsonTypeInfoKind.Enumerable, JsonValueKind.Array):
                right = CheckList(value, info.ElementType!, path);
                return true;
            case (_, JsonValueKind.Null) when !declared.IsValueType && !takesNull:
            case var _ when !Fits(value, declared):
                Add(path, ErrorFor(Nullable.GetUnderlyingType(type) ?? type, value));
                return false;
            default:
                right = JsonSerializer.SerializeToNode(value);
                return true;
        }
    }

    private JsonArray CheckList(JsonElement list, Type elementType, string path)
    {
        var right = new JsonArray();
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (Check(element, elementType, takesNull: false, $"{path}[{index}]", out var node))
            {
                right.Add(node);
            }
        }

        return right;
    }

    private bool Fits(JsonElement value, Type type)
    {
        try
        {
            value.Deserialize(type, options);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static FieldError ErrorFor(Type type, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String when type == typeof(DateTime) || type == typeof(DateTimeOffset) => Iso8601.Problem,
            JsonValueKind.String when type.IsEnum => EnumNameBinder.Problem(type),
            _ => FieldErrors.WrongType,
        };

    private static string Shown(string name) => name.Length > ShownName ? name[..ShownName] : name;

    private void Add(string member, FieldError error)
    {
        if (errors.Count < MaxErrors)
        {
            errors.TryAdd(member, [error]);
        }
    }
}
