using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Roundtable.Tests.Support;

/// <summary>
/// SQLite stores values of any length; SQL Server rejects values longer than their column and loses characters that a <c>varchar</c>
/// cannot hold. This interceptor rejects both in every test on SQLite.
/// </summary>
internal sealed class ColumnLimits : SaveChangesInterceptor
{
    public static readonly ColumnLimits Instance = new();

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified))
        {
            foreach (var property in entry.Properties)
            {
                if (property.CurrentValue is string text && property.Metadata.GetMaxLength() is { } limit)
                {
                    var name = $"{entry.Metadata.ClrType.Name}.{property.Metadata.Name}";
                    if (text.Length > limit)
                    {
                        throw new InvalidOperationException($"{name} holds {limit} characters, not {text.Length}.");
                    }

                    if (property.Metadata.IsUnicode() == false && !text.All(char.IsAscii))
                    {
                        throw new InvalidOperationException($"{name} holds ASCII only.");
                    }
                }
            }
        }

        return ValueTask.FromResult(result);
    }
}
