using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Conventions for all columns of a type.</summary>
internal static class ModelConventions
{
    public const string ComparesBinary = "Roundtable:ComparesBinary";

    private const int EnumLength = 32;
    private const int HashLength = 64;

    public static void Apply(ModelConfigurationBuilder builder)
    {
        builder.Properties<DateTime>().HaveConversion<UtcConverter>();
        builder.Properties<ApiKeyExpiryStage>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
        builder.Properties<UserOrigin>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
        builder.Properties<SessionMethod>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
        builder.Properties<SessionEndReason>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
        builder.Properties<TokenPurpose>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
        builder.Properties<Metric>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
        builder.Properties<DeliveryErrorCode>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
        builder.Properties<OutboxStatus>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
    }

    /// <summary>Maps an entity's id to <c>char(32)</c>. SQL Server orders its own GUID type by the last bytes, so ids are text.</summary>
    public static PropertyBuilder<TProperty> IsId<TProperty>(this PropertyBuilder<TProperty> property) =>
        property.HasMaxLength(EntityId.Length).IsFixedLength().IsUnicode(false).IsBinary();

    /// <summary>A SHA-256 hash in hex.</summary>
    public static PropertyBuilder<TProperty> IsHash<TProperty>(this PropertyBuilder<TProperty> property) =>
        property.HasMaxLength(HashLength).IsFixedLength().IsUnicode(false).IsBinary();

    /// <summary>Compares the column byte by byte on every provider.</summary>
    public static PropertyBuilder<TProperty> IsBinary<TProperty>(this PropertyBuilder<TProperty> property)
    {
        property.HasAnnotation(ComparesBinary, true);
        return property;
    }

    /// <summary>Databases return times without a kind; all times here are UTC.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
}
