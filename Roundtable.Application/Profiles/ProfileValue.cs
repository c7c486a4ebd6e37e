using System.Text.Json;
using System.Text.Json.Serialization;
using Roundtable.Domain.Common;

namespace Roundtable.Application.Profiles;

/// <summary>The value of an extra field: a string, a number, a Boolean, or null for none.</summary>
/// <param name="Content">A <see cref="string"/>, <see cref="decimal"/> or <see cref="bool"/>, or null.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct ProfileValue(object? Content)
{
    // Not an error of its own kind: validation must name the field, as for any other wrong value.
    private static readonly ProfileValue Unfit = new(new object());

    public sealed class Converter : JsonConverter<ProfileValue>
    {
        public override bool HandleNull => true;

        public override ProfileValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Null:
                    return default;
                case JsonTokenType.String:
                    return new ProfileValue(UnicodeText.Nfc(reader.GetString()!));
                case JsonTokenType.Number:
                    return reader.TryGetDecimal(out var number) ? new ProfileValue(number) : Unfit;
                case JsonTokenType.True or JsonTokenType.False:
                    return new ProfileValue(reader.GetBoolean());
                default:
                    reader.Skip();
                    return Unfit;
            }
        }

        public override void Write(Utf8JsonWriter writer, ProfileValue value, JsonSerializerOptions options)
        {
            switch (value.Content)
            {
                case null:
                    writer.WriteNullValue();
                    break;
                case string text:
                    writer.WriteStringValue(text);
                    break;
                case decimal number:
                    writer.WriteNumberValue(number);
                    break;
                case bool flag:
                    writer.WriteBooleanValue(flag);
                    break;
                default:
                    throw new JsonException("No field holds such a value.");
            }
        }
    }
}
