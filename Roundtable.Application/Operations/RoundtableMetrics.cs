using System.Diagnostics.Metrics;

namespace Roundtable.Application.Operations;

/// <summary>
/// The application's metrics, under the meter <c>Roundtable</c>; docs/operations.md lists them. No tag holds an address, an id or a
/// secret. Costs almost nothing without a listener.
/// </summary>
public sealed class RoundtableMetrics
{
    public const string MeterName = "Roundtable";

    private readonly Counter<long> signIns;
    private readonly Counter<long> redemptions;
    private readonly Counter<long> refusals;
    private readonly Counter<long> mails;
    private readonly Counter<long> webhooks;
    private readonly Histogram<double> database;

    public RoundtableMetrics(IMeterFactory meters)
    {
        Meter = meters.Create(MeterName);
        signIns = Meter.CreateCounter<long>("roundtable.sign_ins", "{sign_in}", "Sign-in attempts, by method and outcome.");
        redemptions = Meter.CreateCounter<long>(
            "roundtable.link.redemptions",
            "{redemption}",
            "Redemptions of mailed links, by purpose and outcome."
        );
        refusals = Meter.CreateCounter<long>("roundtable.limiter.refusals", "{refusal}", "Requests that a rate limit rejected, by limit.");
        mails = Meter.CreateCounter<long>("roundtable.mail.attempts", "{attempt}", "Attempts to send a mail, by template and outcome.");
        webhooks = Meter.CreateCounter<long>(
            "roundtable.webhook.attempts",
            "{attempt}",
            "Attempts to deliver an event, by type and outcome."
        );
        database = Meter.CreateHistogram(
            "db.client.operation.duration",
            "s",
            "Duration of database statements.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5] }
        );
    }

    /// <summary>The meter for observable gauges, which are read at collection time.</summary>
    public Meter Meter { get; }

    /// <summary>Whether a listener measures statement durations.</summary>
    public bool TimesStatements => database.Enabled;

    /// <param name="method">
    /// <c>magic_link</c>, <c>password</c>, <c>passkey</c>, <c>external</c> or <c>two_factor</c>, the second step.
    /// </param>
    /// <param name="outcome"><c>succeeded</c>, <c>two_factor_required</c> or an error's code.</param>
    public void SignIn(string method, string outcome) =>
        signIns.Add(1, new("roundtable.sign_in.method", method), new("roundtable.outcome", outcome));

    /// <param name="purpose">What the link is for: <c>magic_link</c>, <c>email_verification</c> and so on.</param>
    /// <param name="outcome"><c>succeeded</c> or an error's code.</param>
    public void Redemption(string purpose, string outcome) =>
        redemptions.Add(1, new("roundtable.link.purpose", purpose), new("roundtable.outcome", outcome));

    /// <param name="limiter"><c>api</c> or <c>auth</c> for limits by IP address; otherwise the kind of a per-account limit.</param>
    public void Refusal(string limiter) => refusals.Add(1, new KeyValuePair<string, object?>("roundtable.limiter", limiter));

    /// <param name="outcome"><c>sent</c>, <c>retrying</c> or <c>failed</c>.</param>
    public void Mail(string template, string outcome) =>
        mails.Add(1, new("roundtable.mail.template", template), new("roundtable.outcome", outcome));

    /// <param name="outcome"><c>sent</c>, <c>retrying</c> or <c>failed</c>.</param>
    public void Webhook(string eventType, string outcome) =>
        webhooks.Add(1, new("roundtable.event.type", eventType), new("roundtable.outcome", outcome));

    /// <param name="system">The OpenTelemetry name: <c>sqlite</c>, <c>microsoft.sql_server</c>.</param>
    /// <param name="operation">The first word of the SQL.</param>
    public void Statement(string system, string operation, TimeSpan duration) =>
        database.Record(duration.TotalSeconds, new("db.system.name", system), new("db.operation.name", operation));
}
