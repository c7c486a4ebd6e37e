using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Users;

/// <summary>Which users. All conditions hold at once.</summary>
public record UserFilterRequest
{
    /// <summary>Part of the address or the name, in any case.</summary>
    [StringLength(200, MinimumLength = 1, ErrorMessage = "The search text must have 1 to 200 characters.")]
    public string? Search { get; init; }

    /// <summary>The name of a role that they hold.</summary>
    [StringLength(64)]
    public string? Role { get; init; }

    /// <summary>Whether they are banned now.</summary>
    public bool? Banned { get; init; }

    /// <summary>Whether their address is verified.</summary>
    public bool? EmailVerified { get; init; }

    /// <summary>Made at or after, UTC.</summary>
    public DateTime? CreatedFrom { get; init; }

    /// <summary>Made before, UTC.</summary>
    public DateTime? CreatedTo { get; init; }

    /// <summary>Seen at or after, UTC.</summary>
    public DateTime? LastSeenFrom { get; init; }

    internal UserFilter ToFilter() => new(Search, Role, Banned, EmailVerified, CreatedFrom, CreatedTo, LastSeenFrom);
}

/// <summary>Which users, in which order.</summary>
public sealed record UserListRequest : UserFilterRequest
{
    /// <summary>How many items at the most, 1–100. Default: 20.</summary>
    [Range(1, PageRequest.MaxLimit, ErrorMessage = "The limit must be 1 to 100.")]
    public int Limit { get; init; } = PageRequest.DefaultLimit;

    /// <summary>The <c>nextCursor</c> of the piece before; absent for the first.</summary>
    [StringLength(2000, ErrorMessage = "The cursor is too long.")]
    public string? Cursor { get; init; }

    /// <summary>Whether to count the whole list too. Default: false.</summary>
    public bool IncludeTotal { get; init; }

    /// <summary>What to sort by. Default: createdAt.</summary>
    public UserSort Sort { get; init; } = UserSort.CreatedAt;

    /// <summary>Which way. Default: newest first by a time, A to Z by text.</summary>
    public SortOrder? Order { get; init; }

    internal PageRequest ToPage() => new(Limit, Cursor, IncludeTotal);

    internal UserOrder ToOrder() =>
        new(Sort, Order is { } order ? order == SortOrder.Desc : Sort is UserSort.CreatedAt or UserSort.LastSeenAt);
}

/// <summary>Why and until when somebody is kept out.</summary>
public sealed record BanRequest
{
    /// <summary>What the user is told.</summary>
    /// <example>Spam</example>
    [PlainText(User.BanReasonMaxLength)]
    public required string Reason { get; init; }

    /// <summary>When the ban lifts by itself; absent or null for never.</summary>
    /// <example>2030-01-01T00:00:00Z</example>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>All the roles that a user is to have.</summary>
public sealed record SetRolesRequest
{
    /// <summary>Names of roles. Everybody keeps role <c>user</c>, named or not.</summary>
    /// <example>["admin"]</example>
    [MaxLength(50, ErrorMessage = "Too many roles.")]
    public required IReadOnlyList<string> Roles { get; init; }
}
