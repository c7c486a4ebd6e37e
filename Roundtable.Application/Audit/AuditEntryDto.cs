using System.Text.Json;
using Roundtable.Application.Common;

namespace Roundtable.Application.Audit;

/// <summary>An audit log entry.</summary>
public sealed record AuditEntryDto
{
    /// <summary>The entry's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The action: dotted, in the past tense.</summary>
    /// <example>user.banned</example>
    public required string Action { get; init; }

    /// <summary>The user or service account that really acted; null if there was none.</summary>
    public required ActorDto? Actor { get; init; }

    /// <summary>During an impersonation, the impersonated user.</summary>
    public required PersonDto? OnBehalfOf { get; init; }

    /// <summary>The target of the action.</summary>
    public required TargetDto Target { get; init; }

    /// <summary>The user concerned: the target, or the owner of the target, such as a session; null if there is none.</summary>
    public required SubjectDto? Subject { get; init; }

    /// <summary>The IP address of the request.</summary>
    /// <example>203.0.113.7</example>
    public required string? IpAddress { get; init; }

    /// <summary>The User-Agent header of the request.</summary>
    public required string? UserAgent { get; init; }

    /// <summary>The browser and operating system, as named by <c>userAgent</c>; null without one.</summary>
    /// <example>Firefox on Windows</example>
    public string? Device => UserAgent is null ? null : Devices.Describe(UserAgent);

    /// <summary>The request's id, as in the logs.</summary>
    public required string? RequestId { get; init; }

    /// <summary>Further details, which depend on the action.</summary>
    public required JsonElement Details { get; init; }
}

/// <summary>A user or service account as logged; kept after the account is deleted.</summary>
/// <param name="Id">The id of the user or service account.</param>
/// <param name="Email">The user's e-mail address at the time; null for a service account.</param>
/// <param name="Name">The service account's name at the time; null for a user.</param>
/// <param name="Via">What it acted by, if not a session.</param>
/// <param name="CurrentName">
/// The user's name now; null for a service account or a deleted user, or if the caller lacks <c>users:list</c>.
/// </param>
public sealed record ActorDto(string Id, string? Email, string? Name, ActorCredentialDto? Via, string? CurrentName = null);

/// <summary>The credential of an action.</summary>
/// <param name="ApiKey">The API key's id.</param>
public sealed record ActorCredentialDto(string ApiKey);

/// <summary>A user as logged; kept after the account is deleted.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The user's e-mail address at the time.</param>
public sealed record PersonDto(string Id, string Email);

/// <summary>
/// The user whom an entry concerns, as they are now. Name and address are null if the user is deleted, or if the caller lacks
/// <c>users:list</c>.
/// </summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Email">The user's e-mail address.</param>
public sealed record SubjectDto(string Id, string? Name, string? Email);

/// <summary>The target of an entry.</summary>
/// <param name="Type">Its kind, such as <c>user</c> or <c>session</c>.</param>
/// <param name="Id">Its id.</param>
public sealed record TargetDto(string Type, string Id);
