using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Roundtable.Application.Common;
using Roundtable.Domain.Common;

namespace Roundtable.Api.Common;

/// <summary>Normalizes incoming strings to Unicode form C.</summary>
internal sealed class NfcTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? UnicodeText.Nfc(text) : null;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Leaves passwords as typed: hashes imported from elsewhere are of the text that was typed there.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AsTypedAttribute : Attribute
{
    public static void Honour(JsonTypeInfo type)
    {
        foreach (
            var property in type.Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(AsTypedAttribute), inherit: true) == true)
        )
        {
            property.CustomConverter = JsonMetadataServices.StringConverter;
        }
    }
}

/// <summary>Reads times with <see cref="Iso8601"/>.</summary>
internal sealed class TimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Iso8601.TryParse(reader.GetString(), out var time) ? time : throw new JsonException(Iso8601.Problem.Message);

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <inheritdoc cref="TimeConverter"/>
internal sealed class OffsetTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Iso8601.TryParse(reader.GetString(), out var time) ? time : throw new JsonException(Iso8601.Problem.Message);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
