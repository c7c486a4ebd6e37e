using System.ComponentModel.DataAnnotations;
using Roundtable.Application.Common;
using Roundtable.Application.Webhooks;

namespace Roundtable.Api.Webhooks;

/// <summary>A new endpoint.</summary>
public sealed record CreateWebhookRequest
{
    /// <summary>Where messages are to be sent: an https address of a public host.</summary>
    /// <example>https://hooks.example.com/roundtable</example>
    public required string Url { get; init; }

    /// <summary>What it is for.</summary>
    /// <example>Keeps the CRM up to date</example>
    public string? Description { get; init; }

    /// <summary>The types of events that it is told of; absent or empty for all.</summary>
    /// <example>["user.created","user.deleted"]</example>
    [MaxLength(100, ErrorMessage = "Too many events.")]
    public IReadOnlyList<string>? Events { get; init; }
}

/// <summary>Changes to an endpoint.</summary>
public sealed record UpdateWebhookRequest
{
    /// <summary>Where messages are to be sent.</summary>
    /// <example>https://hooks.example.com/roundtable</example>
    public Optional<string?> Url { get; init; }

    /// <summary>What it is for; null removes it.</summary>
    /// <example>Keeps the CRM up to date</example>
    public Optional<string?> Description { get; init; }

    /// <summary>The types of events that it is told of; null or empty for all.</summary>
    /// <example>["user.created","user.deleted"]</example>
    public Optional<IReadOnlyList<string>?> Events { get; init; }

    /// <summary>Whether anything is to be sent.</summary>
    /// <example>true</example>
    public Optional<bool> Enabled { get; init; }

    internal WebhookPatch ToPatch() => new(Url, Description, Events, Enabled);
}
