using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Roundtable.Api.Common;

/// <summary>Configures strict JSON, which prevents over-posting, guessing and unbounded nesting.</summary>
internal static class JsonSetup
{
    private const int MaxDepth = 32;

    public static void Configure(JsonSerializerOptions options)
    {
        options.MaxDepth = MaxDepth;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.PropertyNameCaseInsensitive = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new OptionalJsonConverterFactory());
    }

    /// <summary>Settings only for reading bodies.</summary>
    public static void ConfigureReading(JsonSerializerOptions options)
    {
        options.Converters.Add(new NfcTextConverter());
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new OffsetTimeConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(AsTypedAttribute.Honour);
    }
}
