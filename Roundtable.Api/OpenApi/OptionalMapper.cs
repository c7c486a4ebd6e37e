using NJsonSchema;
using NJsonSchema.Generation.TypeMappers;
using Roundtable.Application.Common;

namespace Roundtable.Api.OpenApi;

/// <summary>Describes a member that may be absent by the schema of its value, which is what its converter reads; null clears it.</summary>
internal sealed class OptionalMapper : ITypeMapper
{
    public Type MappedType => typeof(Optional<>);

    public bool UseReference => false;

    public void GenerateSchema(JsonSchema schema, TypeMapperContext context)
    {
        context.JsonSchemaGenerator.Generate(schema, context.Type.GetGenericArguments()[0], context.JsonSchemaResolver);
        // Null clears one added field; of all of them it says nothing.
        schema.IsNullableRaw = schema.IsDictionary ? null : true;
    }
}
