using Roundtable.Application.Common;

namespace Roundtable.Application.ServiceAccounts;

/// <summary>An account of a program.</summary>
public sealed record ServiceAccountDto : IVersioned
{
    /// <summary>The account's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    /// <example>HR sync</example>
    public required string Name { get; init; }

    /// <summary>The purpose.</summary>
    /// <example>Creates accounts for new employees every night</example>
    public required string? Description { get; init; }

    /// <summary>The address that receives notices about its keys.</summary>
    /// <example>platform@example.com</example>
    public required string ContactEmail { get; init; }

    /// <summary>The names of its roles.</summary>
    /// <example>["user-manager"]</example>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Whether its keys are suspended.</summary>
    public required bool Disabled { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The user who created it; null if a command did, or if that account was deleted.</summary>
    public required CreatorDto? CreatedBy { get; init; }

    /// <summary>The version number; also in <c>ETag</c>.</summary>
    public required int Version { get; init; }
}
