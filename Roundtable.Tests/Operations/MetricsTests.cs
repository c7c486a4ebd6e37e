using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Operations;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>The metrics, which reach a collector without personal data.</summary>
[NonParallelizable]
public sealed class MetricsTests
{
    [Test]
    public async Task Instruments_CountEvents_WithoutPersonalData()
    {
        await using var app = TestApp.Start(("Auth:MagicLink:MaxPerWindow", "2"));
        using var log = new MeasurementLog(app.Services.GetRequiredService<RoundtableMetrics>().Meter);
        using var person = await Person.WithPasswordAsync(app);
        (await person.TryPasswordAsync()).ShouldSucceed();
        (await person.TryPasswordAsync("wrong password here")).ShouldFail(401, "invalid_credentials");
        await person.TurnOnTwoFactorAsync();
        using var half = await person.HalfSignedInAsync();
        (await half.PostAsync("/auth/two-factor/verify", new { code = person.WrongCode() })).ShouldFail(401, "invalid_credentials");
        (await half.PostAsync("/auth/two-factor/verify", new { code = await person.NextCodeAsync() })).ShouldSucceed();
        (await half.PostAsync("/auth/magic-link/verify", new { token = new string('a', 43) })).ShouldFail(400, "invalid_token");
        (await half.PostAsync("/auth/email/verify", new { token = new string('a', 43) })).ShouldFail(400, "invalid_token");
        using var stranger = app.NewBrowser();
        (await stranger.PostAsync("/auth/magic-link", new { email = person.Email })).ShouldSucceed(202);
        log.Collect();

        Assert.Multiple(() =>
        {
            Assert.That(log.Sum("roundtable.sign_ins", "magic_link", "succeeded"), Is.EqualTo(1));
            Assert.That(log.Sum("roundtable.sign_ins", "magic_link", "two_factor_required"), Is.EqualTo(1));
            Assert.That(log.Sum("roundtable.sign_ins", "magic_link", "invalid_token"), Is.EqualTo(1));
            Assert.That(log.Sum("roundtable.sign_ins", "password", "succeeded"), Is.EqualTo(1));
            Assert.That(log.Sum("roundtable.sign_ins", "password", "invalid_credentials"), Is.EqualTo(1));
            Assert.That(log.Sum("roundtable.sign_ins", "two_factor", "invalid_credentials"), Is.EqualTo(1));
            Assert.That(log.Sum("roundtable.sign_ins", "two_factor", "succeeded"), Is.EqualTo(1));
            Assert.That(log.Sum("roundtable.link.redemptions", "magic_link", "succeeded"), Is.EqualTo(2));
            Assert.That(log.Sum("roundtable.link.redemptions", "email_verification", "invalid_token"), Is.EqualTo(1));
            Assert.That(log.Sum("roundtable.limiter.refusals"), Is.GreaterThanOrEqualTo(1));
            Assert.That(log.Sum("roundtable.mail.attempts", "magic-link", "sent"), Is.EqualTo(2));
            Assert.That(log.Last("roundtable.sessions.live"), Is.EqualTo(3));
            Assert.That(log.Last("roundtable.outbox.depth"), Is.Not.Null);
            Assert.That(log.Last("roundtable.outbox.failed"), Is.Zero);
            Assert.That(log.Last("roundtable.outbox.age"), Is.Not.Null);
            Assert.That(log.Sum("db.client.operation.duration"), Is.GreaterThan(0));
            Assert.That(
                log.TagValues.Where(v =>
                    v.Contains('@', StringComparison.Ordinal) || v.Contains(person.Id, StringComparison.Ordinal) || v.Length > 40
                ),
                Is.Empty
            );
        });
    }

    [Test]
    public async Task Collector_ReceivesMetricsAndTraces_WithoutSecretsOrAddresses()
    {
        using var collector = new Collector();
        await using var app = TestApp.Start(
            ("Otlp:Endpoint", collector.Address),
            ("Otlp:Interval", "00:00:01"),
            ("Otlp:Headers", "x-key=hunter2")
        );
        using var user = await app.SignInAsync("ada.lovelace@example.com");
        (await user.GetAsync("/users/me?x=secret-in-a-query")).ShouldSucceed();
        (await user.GetAsync("/nowhere/grace.hopper@example.com")).ShouldFail(404, "not_found");

        await collector.WaitForAsync(
            "/v1/metrics",
            "roundtable.sign_ins",
            "roundtable.sessions.live",
            "db.client.operation.duration",
            "http.server.request.duration"
        );
        await collector.WaitForAsync("/v1/traces", "api/v1/users/me", "db.operation.name");
        Assert.Multiple(() =>
        {
            Assert.That(collector.Key, Is.EqualTo("hunter2"));
            foreach (
                var secret in new[]
                {
                    "ada.lovelace",
                    "grace.hopper",
                    "secret-in-a-query",
                    user.SessionCookie!,
                    user.UserId,
                    "Firefox",
                    "SELECT ",
                }
            )
            {
                Assert.That(collector.Bodies.Any(b => b.Text.Contains(secret, StringComparison.Ordinal)), Is.False, secret);
            }
        });
    }

    /// <summary>The measurements of a meter, in order.</summary>
    private sealed class MeasurementLog : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, double Value, string[] Tags)> measurements = [];
        private readonly MeterListener listener = new();

        public MeasurementLog(Meter meter)
        {
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Add(i, v, tags));
            listener.SetMeasurementEventCallback<int>((i, v, tags, _) => Add(i, v, tags));
            listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Add(i, v, tags));
            listener.Start();
        }

        public IEnumerable<string> TagValues => measurements.SelectMany(m => m.Tags);

        public void Collect() => listener.RecordObservableInstruments();

        public double Sum(string name, params string[] tags) =>
            measurements.Where(m => m.Name == name && tags.All(m.Tags.Contains)).Sum(m => m.Value);

        public double? Last(string name) => measurements.Where(m => m.Name == name).Select(m => (double?)m.Value).LastOrDefault();

        public void Dispose() => listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            measurements.Enqueue((instrument.Name, value, [.. tags.ToArray().Select(t => t.Value?.ToString() ?? "")]));
    }

    /// <summary>Acts as an OpenTelemetry collector over HTTP and stores what it receives: protobuf keeps strings readable.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly ConcurrentQueue<(string Path, string Text)> bodies = [];

        public Collector()
        {
            Address = $"http://127.0.0.1:{FreePort.Next()}";
            listener.Prefixes.Add(Address + "/");
            listener.Start();
            _ = TakeAsync();
        }

        public string Address { get; }

        public string? Key { get; private set; }

        public IReadOnlyList<(string Path, string Text)> Bodies => [.. bodies];

        public async Task WaitForAsync(string path, params string[] texts)
        {
            for (
                var i = 0;
                texts.FirstOrDefault(t => !bodies.Any(b => b.Path == path && b.Text.Contains(t, StringComparison.Ordinal))) is { } missing;
                i++
            )
            {
                Assert.That(i, Is.LessThan(400), $"{path} never contained {missing}");
                await Task.Delay(50);
            }
        }

        public void Dispose() => listener.Close();

        private async Task TakeAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    bodies.Enqueue((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                    Key = context.Request.Headers["x-key"];
                    context.Response.ContentType = "application/x-protobuf";
                    context.Response.Close();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
