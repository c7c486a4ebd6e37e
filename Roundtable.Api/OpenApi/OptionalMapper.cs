using NJsonSchema;
using NJsonSchema.Generation.TypeMappers;
using Roundtable.Application.Common;

namespace Roundtable.Api.OpenApi;

/// <summary>Describes an optional member by the schema of its value, which is what its converter reads; null clears it.</summary>
internal sealed class OptionalMapper : ITypeMapper
{
    public Type MappedType => typeof(Optional<>);

    public bool UseReference => false;

    public void GenerateSchema(JsonSchema schema, TypeMapperContext context)
    {
        context.JsonSchemaGenerator.Generate(schema, context.Type.GetGenericArguments()[0], context.JsonSchemaResolver);
        // Null clears a single custom field; for all of them it has no meaning.
        schema.IsNullableRaw = schema.IsDictionary ? null : true;
    }
}
