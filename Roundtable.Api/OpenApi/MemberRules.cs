using System.Reflection;
using System.Text.Json.Serialization;
using Namotion.Reflection;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Generation;
using Roundtable.Api.Common;
using Roundtable.Api.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Describes what NSwag cannot know about an object's members: which ones a response always contains, and what the product's own
/// validation attributes require.
/// </summary>
internal sealed class MemberRules : ISchemaProcessor
{
    /// <summary>Whether the type is a request body; all others are responses.</summary>
    public static bool IsRead(Type type) => type.Name.EndsWith("Request", StringComparison.Ordinal);

    public void Process(SchemaProcessorContext context)
    {
        // Generators would use x-enumNames, which differ from the values, as the names of the values.
        context.Schema.EnumerationNames.Clear();
        if (!context.Schema.HasReference)
        {
            Describe(context.Schema, context.ContextualType, context.Settings);
        }
    }

    public static void Describe(JsonSchema schema, ContextualType type, JsonSchemaGeneratorSettings settings)
    {
        foreach (var member in type.Properties)
        {
            if (schema.Properties.TryGetValue(settings.ReflectionService.GetPropertyName(member, settings), out var property))
            {
                Describe(property, member.PropertyInfo, IsRead(type.OriginalType));
            }
        }

        if (type.OriginalType == typeof(ApiResponse<object>))
        {
            var data = schema.Properties["data"];
            (data.Description, data.IsNullableRaw) = ("Always null: processing continues asynchronously.", true);
        }
    }

    private static void Describe(JsonSchemaProperty property, PropertyInfo member, bool isRead)
    {
        var isLeftOut = member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull };
        if (!isRead)
        {
            // The serializer writes every other member, null or not, so clients need not check whether it is present.
            property.IsRequired = !isLeftOut;
            property.IsNullableRaw = isLeftOut ? null : property.IsNullableRaw;
        }

        property.MinLength = property.MinLength is 0 ? null : property.MinLength;
        if (member.IsDefined(typeof(MailboxAttribute)))
        {
            (property.Format, property.MaxLength) = (JsonFormatStrings.Email, EmailAddress.MaxLength);
        }

        if (member.IsDefined(typeof(PersonNameAttribute)))
        {
            (property.MinLength, property.MaxLength) = (1, User.NameMaxLength);
        }

        if (member.GetCustomAttribute<PlainTextAttribute>() is { } text)
        {
            (property.MinLength, property.MaxLength) = (1, text.MaxLength);
        }

        // NSwag parses an example as JSON, in which a string of digits is a number.
        if (property.Type == JsonObjectType.String && property.Example is JValue { Type: JTokenType.Integer } digits)
        {
            property.Example = digits.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
