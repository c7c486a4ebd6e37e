namespace Roundtable.Application.Webhooks;

/// <summary>Configures webhooks.</summary>
public sealed class WebhookOptions
{
    public const string SectionName = "Webhooks";

    /// <summary>
    /// Whether endpoints may use <c>http</c> and private or loopback addresses, through which an admin could scan the internal
    /// network. Default: false; true in Development.
    /// </summary>
    public bool AllowInsecureTargets { get; set; }

    /// <summary>How long the previous secret also signs messages after a rotation. Default: 1 day.</summary>
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromDays(1);
}
