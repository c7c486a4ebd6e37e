using System.ComponentModel.DataAnnotations;
using Roundtable.Application.Common;
using Roundtable.Application.Webhooks;

namespace Roundtable.Api.Webhooks;

/// <summary>The endpoint to create.</summary>
public sealed record CreateWebhookRequest
{
    /// <summary>The URL to send messages to: https, on a public host.</summary>
    /// <example>https://hooks.example.com/roundtable</example>
    public required string Url { get; init; }

    /// <summary>A description of the endpoint.</summary>
    /// <example>Keeps the CRM up to date</example>
    public string? Description { get; init; }

    /// <summary>The event types to send. Absent or empty: all.</summary>
    /// <example>["user.created","user.deleted"]</example>
    [MaxLength(100, ErrorMessage = "Too many events.")]
    public IReadOnlyList<string>? Events { get; init; }
}

/// <summary>Changes to an endpoint.</summary>
public sealed record UpdateWebhookRequest
{
    /// <summary>The URL to send messages to.</summary>
    /// <example>https://hooks.example.com/roundtable</example>
    public Optional<string?> Url { get; init; }

    /// <summary>A description of the endpoint; null removes it.</summary>
    /// <example>Keeps the CRM up to date</example>
    public Optional<string?> Description { get; init; }

    /// <summary>The event types to send. Null or empty: all.</summary>
    /// <example>["user.created","user.deleted"]</example>
    public Optional<IReadOnlyList<string>?> Events { get; init; }

    /// <summary>Whether messages are sent.</summary>
    /// <example>true</example>
    public Optional<bool> Enabled { get; init; }

    internal WebhookPatch ToPatch() => new(Url, Description, Events, Enabled);
}
