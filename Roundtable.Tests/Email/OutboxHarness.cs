using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Roundtable.Application.Email;
using Roundtable.Application.Operations;
using Roundtable.Domain.Email;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Tests.Email;

/// <summary>The outbox's components with an in-memory store, a clock that the test moves, and a configurable transport.</summary>
internal sealed class OutboxHarness : ILoggerProvider, ILogger, IDisposable
{
    private readonly ServiceProvider services;

    public OutboxHarness()
    {
        var protector = new OutboxProtector(new EphemeralDataProtectionProvider());
        Outbox = new MailOutbox(Store, Mails.Renderer(), protector, Time);
        services = new ServiceCollection()
            .AddLogging(l => l.AddProvider(this).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(protector)
            .AddSingleton<MailTransportStatus>()
            .AddMetrics()
            .AddSingleton<RoundtableMetrics>()
            .AddSingleton<IDatabaseErrors, SqliteErrors>()
            .AddSingleton(PollInterval.Local)
            .AddScoped<IOutboxStore<OutboxMail>>(_ => Store)
            .AddTransient<IOutboxSender<OutboxMail>, MailSender>()
            .AddTransient<IMailTransport>(_ => new DelegatingTransport(this))
            .BuildServiceProvider(validateScopes: true);
    }

    public InMemoryOutboxStore Store { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 19, 32, 0, TimeSpan.Zero));

    public OutboxSignal<OutboxMail> Signal { get; } = new();

    public MailOutbox Outbox { get; }

    /// <summary>The sending behaviour. Default: succeeds at once.</summary>
    public Func<OutgoingMail, CancellationToken, Task> Transport { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>All mails passed to the transport, including failed attempts.</summary>
    public ConcurrentQueue<OutgoingMail> Attempts { get; } = [];

    public ConcurrentQueue<(LogLevel Level, string Text)> Logs { get; } = [];

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <summary>Acts as a process of its own.</summary>
    public OutboxDispatcher<OutboxMail> Dispatcher() =>
        ActivatorUtilities.CreateInstance<OutboxDispatcher<OutboxMail>>(services, new OutboxOwner());

    public OutboxWorker<OutboxMail> Worker() => ActivatorUtilities.CreateInstance<OutboxWorker<OutboxMail>>(services, Dispatcher(), Signal);

    public string Enqueue(string to = "ada@example.com")
    {
        var before = Store.Rows.Select(r => r.Id).ToHashSet();
        Outbox.Enqueue(new Mail(MailTemplates.MagicLink, to, "user", new Dictionary<string, string?> { ["link"] = Mails.Link }, null));
        return Store.Rows.Single(r => !before.Contains(r.Id)).Id;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Logs.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose() => services.Dispose();

    private sealed class DelegatingTransport(OutboxHarness harness) : IMailTransport
    {
        public Task SendAsync(OutgoingMail mail, CancellationToken ct)
        {
            harness.Attempts.Enqueue(mail);
            return harness.Transport(mail, ct);
        }

        public Task<string> ProbeAsync(CancellationToken ct) => Task.FromResult("It answers.");
    }
}
