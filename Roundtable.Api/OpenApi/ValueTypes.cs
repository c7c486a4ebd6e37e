using System.Text.Json;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;
using Roundtable.Api.MagicLinks;
using Roundtable.Application.Profiles;
using Roundtable.Application.Users;

namespace Roundtable.Api.OpenApi;

/// <summary>Describes types whose JSON is written by a converter or formatter, so that their members do not show its shape.</summary>
internal static class ValueTypes
{
    public static IEnumerable<ITypeMapper> All =>
        [
            new OptionalMapper(),
            new PrimitiveTypeMapper(typeof(CallbackUrl), s => (s.Type, s.IsNullableRaw) = (JsonObjectType.String, true)),
            new PrimitiveTypeMapper(typeof(object), s => s.Type = JsonObjectType.Object),
            new ObjectTypeMapper(typeof(JsonElement), new JsonSchema { Type = JsonObjectType.Object }),
            new ObjectTypeMapper(
                typeof(ProfileValue),
                new JsonSchema
                {
                    Description = "A string, number or Boolean, or null for none.",
                    IsNullableRaw = true,
                    OneOf =
                    {
                        new JsonSchema { Type = JsonObjectType.String },
                        new JsonSchema { Type = JsonObjectType.Number },
                        new JsonSchema { Type = JsonObjectType.Boolean },
                    },
                }
            ),
            new ObjectTypeMapper(typeof(UserView), DescribeUserView),
        ];

    /// <summary>
    /// Merges both shapes into one schema that requires only the shared members. Generators produce usable types from it, but not
    /// from <c>oneOf</c>; the full account alone would promise members that other users never receive.
    /// </summary>
    private static JsonSchema DescribeUserView(JsonSchemaGenerator generator, JsonSchemaResolver resolver)
    {
        var full = Members(typeof(UserDto), generator, resolver);
        var profile = Members(typeof(PublicProfileDto), generator, resolver);
        var view = new JsonSchema
        {
            Type = JsonObjectType.Object,
            Description = "An account as the caller may see it: all members of the account, or those of the public profile alone.",
            AllowAdditionalProperties = false,
        };
        foreach (var (name, member) in full.Properties.Concat(profile.Properties.Where(p => !full.Properties.ContainsKey(p.Key))))
        {
            view.Properties[name] = member;
            member.IsRequired = full.RequiredProperties.Contains(name) && profile.RequiredProperties.Contains(name);
        }

        return view;
    }

    private static JsonSchema Members(Type type, JsonSchemaGenerator generator, JsonSchemaResolver resolver)
    {
        var schema = new JsonSchema();
        generator.Settings.ReflectionService.GenerateProperties(schema, type.ToContextualType(), generator.Settings, generator, resolver);
        MemberRules.Describe(schema, type.ToContextualType(), generator.Settings);
        return schema;
    }
}
