using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roundtable.Api.MagicLinks;

/// <summary>A callback as received. A value other than a string is kept and rejected as an invalid callback, not as bad JSON.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct CallbackUrl
{
    private readonly bool isOther;

    private CallbackUrl(string? value, bool isOther) => (Value, this.isOther) = (value, isOther);

    public string? Value { get; }

    public bool IsText => !isOther;

    internal sealed class Converter : JsonConverter<CallbackUrl>
    {
        public override bool HandleNull => true;

        public override CallbackUrl Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
            {
                return new CallbackUrl(reader.GetString(), false);
            }

            reader.Skip();
            return new CallbackUrl(null, true);
        }

        public override void Write(Utf8JsonWriter writer, CallbackUrl value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
