using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Api.Profiles;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Administration;

/// <summary>Filters for users. All filters must match.</summary>
public record UserFilterRequest
{
    /// <summary>Part of the e-mail address or name, case-insensitive.</summary>
    [StringLength(200, MinimumLength = 1, ErrorMessage = "The search text must have 1 to 200 characters.")]
    public string? Search { get; init; }

    /// <summary>The name of a role that the user holds.</summary>
    [TextLength(64, "not_found", ErrorMessage = "There is no such role.")]
    public string? Role { get; init; }

    /// <summary>Whether the user is currently banned.</summary>
    public bool? Banned { get; init; }

    /// <summary>Whether the e-mail address is verified.</summary>
    public bool? EmailVerified { get; init; }

    /// <summary>Created at or after (UTC).</summary>
    public DateTime? CreatedFrom { get; init; }

    /// <summary>Created before (UTC).</summary>
    public DateTime? CreatedTo { get; init; }

    /// <summary>Last seen at or after (UTC).</summary>
    public DateTime? LastSeenFrom { get; init; }

    internal UserFilter ToFilter() => new(Search, Role, Banned, EmailVerified, CreatedFrom, CreatedTo, LastSeenFrom);
}

/// <summary>Filters, order and page of a user list.</summary>
public sealed record UserListRequest : UserFilterRequest
{
    /// <summary>The maximum number of items, 1–100. Default: 20.</summary>
    [Range(1, PageRequest.MaxLimit, ErrorMessage = "The limit must be 1 to 100.")]
    public int Limit { get; init; } = PageRequest.DefaultLimit;

    /// <summary>The <c>nextCursor</c> of the previous page; absent for the first page.</summary>
    [StringLength(2000, ErrorMessage = "The cursor is too long.")]
    public string? Cursor { get; init; }

    /// <summary>Whether to also count the whole list. Default: false.</summary>
    public bool IncludeTotal { get; init; }

    /// <summary>The field to sort by. Default: createdAt.</summary>
    public UserSort Sort { get; init; } = UserSort.CreatedAt;

    /// <summary>The sort order. Default: newest first for times, A to Z for text.</summary>
    public SortOrder? Order { get; init; }

    internal PageRequest ToPage() => new(Limit, Cursor, IncludeTotal);

    internal UserOrder ToOrder() =>
        new(Sort, Order is { } order ? order == SortOrder.Desc : Sort is UserSort.CreatedAt or UserSort.LastSeenAt);
}

/// <summary>The reason and expiry of a ban.</summary>
public sealed record BanRequest
{
    /// <summary>The reason shown to the user.</summary>
    /// <example>Spam</example>
    [PlainText(User.BanReasonMaxLength)]
    public required string Reason { get; init; }

    /// <summary>When the ban expires. Absent or null: never.</summary>
    /// <example>2030-01-01T00:00:00Z</example>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>The complete list of a user's roles.</summary>
public sealed record SetRolesRequest
{
    /// <summary>Names of roles. Every user keeps the role <c>user</c>, listed or not.</summary>
    /// <example>["admin"]</example>
    [MaxLength(50, ErrorMessage = "Too many roles.")]
    public required IReadOnlyList<string> Roles { get; init; }
}
