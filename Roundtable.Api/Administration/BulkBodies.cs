using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Api.Profiles;
using Roundtable.Application.Administration;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Administration;

/// <summary>An action on many users.</summary>
public sealed record BulkRequest : IValidatableObject
{
    private const int MaxIds = 500;

    /// <summary>The action.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>The ids of 1–500 users.</summary>
    /// <example>["019ab2c4d5e67f8091a2b3c4d5e6f708"]</example>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>For bans: the reason shown to the users.</summary>
    /// <example>Spam</example>
    [PlainText(User.BanReasonMaxLength)]
    public string? Reason { get; init; }

    /// <summary>For bans: when the ban expires. Absent or null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For <c>setRoles</c>: the complete list of the users' roles.</summary>
    [MaxLength(50, ErrorMessage = "Too many roles.")]
    public IReadOnlyList<string>? Roles { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Ids.Count is 0 or > MaxIds)
        {
            yield return new FieldValidationResult(new("count", $"Specify 1 to {MaxIds} users.", 1, MaxIds), "ids");
        }

        foreach (var missing in BulkValues.Missing(Action, Reason, Roles))
        {
            yield return missing;
        }
    }

    internal BulkOrder ToOrder() => new(Action, Ids, Reason, ExpiresAt?.UtcDateTime, Roles);
}

/// <summary>An action on all users that match a filter.</summary>
public sealed record BulkMatchingRequest : IValidatableObject
{
    /// <summary>The action.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>The <c>total</c> of the list with these filters. If it has changed, nothing is done.</summary>
    /// <example>1200</example>
    [Range(0, int.MaxValue, ErrorMessage = "Specify the number of users that match.")]
    public required int Expected { get; init; }

    /// <summary>For bans: the reason shown to the users.</summary>
    /// <example>Spam</example>
    [PlainText(User.BanReasonMaxLength)]
    public string? Reason { get; init; }

    /// <summary>For bans: when the ban expires. Absent or null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For <c>setRoles</c>: the complete list of the users' roles.</summary>
    [MaxLength(50, ErrorMessage = "Too many roles.")]
    public IReadOnlyList<string>? Roles { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => BulkValues.Missing(Action, Reason, Roles);

    internal BulkOrder ToOrder() => new(Action, [], Reason, ExpiresAt?.UtcDateTime, Roles);
}

/// <summary>Checks the values that an action needs.</summary>
internal static class BulkValues
{
    public static IEnumerable<ValidationResult> Missing(BulkAction action, string? reason, IReadOnlyList<string>? roles)
    {
        if (action == BulkAction.Ban && reason is null)
        {
            yield return new FieldValidationResult(new("required", "A ban needs a reason."), "reason");
        }

        if (action == BulkAction.SetRoles && roles is null)
        {
            yield return new FieldValidationResult(new("required", "Specify the roles."), "roles");
        }
    }
}
