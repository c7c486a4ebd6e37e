using System.ComponentModel.DataAnnotations;
using Roundtable.Api.ApiKeys;
using Roundtable.Api.Profiles;
using Roundtable.Application.Common;
using Roundtable.Application.ServiceAccounts;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Api.ServiceAccounts;

/// <summary>A service account to create.</summary>
public sealed record CreateServiceAccountRequest
{
    /// <summary>1–100 characters, not blank.</summary>
    /// <example>HR sync</example>
    [Label]
    public required string Name { get; init; }

    /// <summary>The purpose, at most 500 characters.</summary>
    /// <example>Creates accounts for new employees every night</example>
    [PlainText(ServiceAccount.DescriptionMaxLength)]
    public string? Description { get; init; }

    /// <summary>The address that receives notices about its keys.</summary>
    /// <example>platform@example.com</example>
    [Mailbox]
    public required string ContactEmail { get; init; }

    /// <summary>The names of its roles. Default: none.</summary>
    /// <example>["user-manager"]</example>
    [MaxLength(50, ErrorMessage = "Too many roles.")]
    public IReadOnlyList<string>? Roles { get; init; }

    internal ServiceAccountRequestData ToData() => new(Name, Description, ContactEmail, Roles ?? []);
}

/// <summary>Changes to a service account.</summary>
public sealed record UpdateServiceAccountRequest
{
    /// <summary>1–100 characters, not blank.</summary>
    /// <example>HR sync</example>
    [Label]
    public Optional<string?> Name { get; init; }

    /// <summary>The purpose, at most 500 characters; null removes it.</summary>
    /// <example>Creates accounts for new employees every night</example>
    public Optional<string?> Description { get; init; }

    /// <summary>The address that receives notices about its keys.</summary>
    /// <example>platform@example.com</example>
    [Mailbox]
    public Optional<string?> ContactEmail { get; init; }

    /// <summary>The complete list of its roles.</summary>
    /// <example>["user-manager"]</example>
    public Optional<IReadOnlyList<string>?> Roles { get; init; }

    /// <summary>Whether its keys are suspended.</summary>
    /// <example>false</example>
    public Optional<bool> Disabled { get; init; }

    internal ServiceAccountPatch ToPatch() => new(Name, Description, ContactEmail, Roles, Disabled);
}
