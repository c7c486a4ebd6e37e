using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Domain.Webhooks;

/// <summary>A URL that receives events, and the secret that signs its messages.</summary>
public sealed class WebhookEndpoint
{
    public const int UrlMaxLength = 2048;
    public const int DescriptionMaxLength = 200;
    public const int EventsMaxLength = 2000;

    private WebhookEndpoint() { }

    public string Id { get; private set; } = null!;

    public string Url { get; private set; } = null!;

    public string? Description { get; private set; }

    /// <summary>The subscribed event types, sorted and separated by spaces; empty for all.</summary>
    public string EventList { get; private set; } = "";

    public bool Enabled { get; private set; }

    /// <summary>Whether messages include names and addresses, which the user who set the URL could read.</summary>
    public bool ShowsUserData { get; private set; }

    /// <summary>The signing secret, encrypted.</summary>
    public string ProtectedSecret { get; private set; } = null!;

    /// <summary>
    /// The secret before the last rotation, encrypted; it also signs messages until <see cref="PreviousSecretUntilUtc"/>.
    /// </summary>
    public string? PreviousProtectedSecret { get; private set; }

    public DateTime? PreviousSecretUntilUtc { get; private set; }

    /// <summary>The user who added the endpoint; null if unknown, or deleted.</summary>
    public string? CreatedById { get; private set; }

    public User? CreatedBy { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime UpdatedAtUtc { get; private set; }

    /// <summary>The change counter: entity tag and optimistic concurrency token.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<string> Events => EventList.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="mayReadUsers">Whether the creator may read users' data.</param>
    public static WebhookEndpoint Create(
        string url,
        string? description,
        IEnumerable<string> events,
        bool mayReadUsers,
        string protectedSecret,
        string createdById,
        DateTime nowUtc
    )
    {
        var endpoint = new WebhookEndpoint
        {
            Id = EntityId.New(nowUtc),
            Enabled = true,
            ProtectedSecret = protectedSecret,
            CreatedById = createdById,
            CreatedAtUtc = nowUtc,
        };
        endpoint.SetTarget(url, mayReadUsers);
        endpoint.Change(description, events, enabled: true, nowUtc);
        return endpoint;
    }

    /// <summary>Sets the target URL, and with it whether messages include user data.</summary>
    public void SetTarget(string url, bool mayReadUsers) => (Url, ShowsUserData) = (url, mayReadUsers);

    public void Change(string? description, IEnumerable<string> events, bool enabled, DateTime nowUtc)
    {
        Description = description;
        EventList = string.Join(' ', events.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Enabled = enabled;
        Touch(nowUtc);
    }

    /// <summary>Disables the endpoint: nothing is sent until an admin enables it again.</summary>
    public void Disable(DateTime nowUtc)
    {
        Enabled = false;
        Touch(nowUtc);
    }

    /// <summary>
    /// Sets a new secret. The old one also signs messages for a while, so that the receiver can switch over without losing any.
    /// </summary>
    public void Rotate(string protectedSecret, DateTime previousUntilUtc, DateTime nowUtc)
    {
        (PreviousProtectedSecret, PreviousSecretUntilUtc) = (ProtectedSecret, previousUntilUtc);
        ProtectedSecret = protectedSecret;
        Touch(nowUtc);
    }

    private void Touch(DateTime nowUtc)
    {
        UpdatedAtUtc = nowUtc;
        Version++;
    }
}
