using System.Text.Json;

namespace Roundtable.Application.Audit;

/// <summary>One thing that happened.</summary>
public sealed record AuditEntryDto
{
    /// <summary>The entry's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>What happened, dotted and in the past tense.</summary>
    /// <example>user.banned</example>
    public required string Action { get; init; }

    /// <summary>Who really did it; null when nobody was signed in.</summary>
    public required PersonDto? Actor { get; init; }

    /// <summary>During an impersonation, in whose name.</summary>
    public required PersonDto? OnBehalfOf { get; init; }

    /// <summary>What it was done to.</summary>
    public required TargetDto Target { get; init; }

    /// <summary>The address it was asked from.</summary>
    /// <example>203.0.113.7</example>
    public required string? IpAddress { get; init; }

    /// <summary>The browser or program it was asked with.</summary>
    public required string? UserAgent { get; init; }

    /// <summary>The request's id, as in the logs.</summary>
    public required string? RequestId { get; init; }

    /// <summary>What else there is to know; depends on the action.</summary>
    public required JsonElement Details { get; init; }
}

/// <summary>Somebody, as the log keeps them: also after the account is gone.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The user's address at the time.</param>
public sealed record PersonDto(string Id, string Email);

/// <summary>What an entry is about.</summary>
/// <param name="Type">Its kind, such as <c>user</c> or <c>session</c>.</param>
/// <param name="Id">Its id.</param>
public sealed record TargetDto(string Type, string Id);
