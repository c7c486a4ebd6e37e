using Roundtable.Domain.Common;

namespace Roundtable.Domain.Webhooks;

/// <summary>An address that is told of events, and the secret that its messages are signed with.</summary>
public sealed class WebhookEndpoint
{
    public const int UrlMaxLength = 2048;
    public const int DescriptionMaxLength = 200;
    public const int EventsMaxLength = 2000;

    private WebhookEndpoint() { }

    public string Id { get; private set; } = null!;

    public string Url { get; private set; } = null!;

    public string? Description { get; private set; }

    /// <summary>The types of events that it wants, sorted and separated by spaces; empty for all.</summary>
    public string EventList { get; private set; } = "";

    public bool Enabled { get; private set; }

    /// <summary>Whether messages show names and addresses: whoever set the address could read them.</summary>
    public bool ShowsUserData { get; private set; }

    /// <summary>What messages are signed with, encrypted.</summary>
    public string ProtectedSecret { get; private set; } = null!;

    /// <summary>
    /// The secret before the last rotation, encrypted; messages are signed with it too until <see cref="PreviousSecretUntilUtc"/>.
    /// </summary>
    public string? PreviousProtectedSecret { get; private set; }

    public DateTime? PreviousSecretUntilUtc { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime UpdatedAtUtc { get; private set; }

    /// <summary>Counts changes; the entity tag and the optimistic lock.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<string> Events => EventList.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="mayReadUsers">Whether whoever makes it may read users' data.</param>
    public static WebhookEndpoint Create(
        string url,
        string? description,
        IEnumerable<string> events,
        bool mayReadUsers,
        string protectedSecret,
        DateTime nowUtc
    )
    {
        var endpoint = new WebhookEndpoint
        {
            Id = EntityId.New(nowUtc),
            Enabled = true,
            ProtectedSecret = protectedSecret,
            CreatedAtUtc = nowUtc,
        };
        endpoint.Aim(url, mayReadUsers);
        endpoint.Change(description, events, enabled: true, nowUtc);
        return endpoint;
    }

    /// <summary>Sets where messages go, and with that what they may show.</summary>
    public void Aim(string url, bool mayReadUsers) => (Url, ShowsUserData) = (url, mayReadUsers);

    public void Change(string? description, IEnumerable<string> events, bool enabled, DateTime nowUtc)
    {
        Description = description;
        EventList = string.Join(' ', events.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Enabled = enabled;
        Touch(nowUtc);
    }

    /// <summary>Nothing is sent any more until an admin switches it on again.</summary>
    public void SwitchOff(DateTime nowUtc)
    {
        Enabled = false;
        Touch(nowUtc);
    }

    /// <summary>
    /// Puts a new secret in place. The old one signs too for a while, so that the receiver can change over without losing anything.
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
