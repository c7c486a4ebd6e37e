using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Roundtable.Api.Common;
using Roundtable.Api.MagicLinks;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Api.OpenApi;

/// <summary>What the framework cannot know of our types, and what it says in a way that generators stumble over.</summary>
internal static class SchemaRules
{
    public static async Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            // The framework leaves the type of string enums out, and takes null for a value when a nullable one comes first.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. schema.Enum?.Where(v => v?.GetValueKind() == JsonValueKind.String) ?? []];
            schema.Description ??= XmlSummaries.Of(type);
        }
        else if (type == typeof(CallbackUrl))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }
        else if (type == typeof(JsonElement))
        {
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalPropertiesAllowed = true;
        }
        else if (type == typeof(IReadOnlyDictionary<string, IReadOnlyList<object>>))
        {
            // Things of whatever shape, which the framework has no words for.
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Object } };
        }
        else if (type == typeof(UserView))
        {
            await DescribeUserViewAsync(schema, context, ct);
        }
        else if (SchemaNames.IsGeneric(type, typeof(Optional<>)))
        {
            Unwrap(schema, await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, ct));
        }
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            // Closed, as the server reads them: else a generated client takes any misspelt member.
            schema.AdditionalPropertiesAllowed = false;
            if (SchemaNames.IsGeneric(type, typeof(ApiResponse<>)))
            {
                Nullability.MarkEnvelope(schema);
            }
        }

        if (schema.MinLength == 0)
        {
            schema.MinLength = null;
        }

        if (context.JsonPropertyInfo is { } property)
        {
            DescribeMember(schema, property);
        }

        // XML examples are read as JSON, which takes a text of digits for a number.
        if (schema.Type?.HasFlag(JsonSchemaType.String) == true && schema.Examples is { Count: > 0 } examples)
        {
            schema.Examples = [.. examples.Select(e => e.GetValueKind() == JsonValueKind.Number ? JsonValue.Create(e.ToJsonString()) : e)];
        }
    }

    /// <summary>
    /// Both shapes in one, with what they share required: generators make one usable type of it, while of <c>oneOf</c> they make
    /// none, and the full account alone would promise others what they never get.
    /// </summary>
    private static async Task DescribeUserViewAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var full = await context.GetOrCreateSchemaAsync(typeof(UserDto), null, ct);
        var profile = await context.GetOrCreateSchemaAsync(typeof(PublicProfileDto), null, ct);
        schema.Type = JsonSchemaType.Object;
        schema.Description = "An account as the caller may see it: all members of the account, or those of the public profile alone.";
        schema.Properties = full.Properties!.Concat(profile.Properties!).DistinctBy(p => p.Key).ToDictionary();
        schema.Required = full.Required!.Intersect(profile.Required!).ToHashSet();
        schema.AdditionalPropertiesAllowed = false;
        ResponseMembers.KeepOptional(schema);
    }

    private static void Unwrap(OpenApiSchema schema, OpenApiSchema value)
    {
        schema.Type = value.Type | JsonSchemaType.Null;
        schema.Format = value.Format;
        schema.Items = value.Items;
        schema.Enum = value.Enum;
    }

    private static void DescribeMember(OpenApiSchema schema, JsonPropertyInfo property)
    {
        if (property is { Set: null, IsGetNullable: false })
        {
            // Without a setter the framework takes every reference for nullable.
            schema.Type &= ~JsonSchemaType.Null;
        }

        foreach (var attribute in property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [])
        {
            switch (attribute)
            {
                case MailboxAttribute:
                    schema.Format = "email";
                    schema.MaxLength = EmailAddress.MaxLength;
                    break;
                case PersonNameAttribute:
                    schema.MinLength = 1;
                    schema.MaxLength = User.NameMaxLength;
                    break;
                case PlainTextAttribute text:
                    schema.MinLength = 1;
                    schema.MaxLength = text.MaxLength;
                    break;
                case JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }:
                    schema.Type &= ~JsonSchemaType.Null;
                    ResponseMembers.KeepOptional(schema);
                    break;
            }
        }
    }
}
