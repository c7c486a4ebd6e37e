namespace Roundtable.Application.Webhooks;

/// <summary>How web-hooks are sent.</summary>
public sealed class WebhookOptions
{
    public const string SectionName = "Webhooks";

    /// <summary>
    /// Whether endpoints may be <c>http</c> and may lie in private networks or on this machine, which an admin could otherwise spy
    /// out by them. Default: false; true in Development.
    /// </summary>
    public bool AllowInsecureTargets { get; set; }

    /// <summary>How long the secret before a rotation signs messages too. Default: 1 day.</summary>
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromDays(1);
}
