using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roundtable.Application.Email;
using Roundtable.Domain.Email;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Tests.Email;

public sealed class EmailRegistrationTests
{
    private TestEnvironment environment = null!;

    [SetUp]
    public void SetUp() => environment = new TestEnvironment();

    [TearDown]
    public void TearDown() => environment.Dispose();

    [TestCase("Pickup", typeof(PickupTransport))]
    [TestCase("smtp", typeof(SmtpTransport))]
    [TestCase("SendGrid", typeof(SendGridTransport))]
    public async Task AddRoundtableEmail_RegistersTheConfiguredTransport(string name, Type transport)
    {
        await using var services = Services(
            ("Email:Transport", name),
            ("Email:Smtp:Host", "mail.example"),
            ("Email:SendGrid:ApiKey", "SG.key")
        );
        await using var scope = services.CreateAsyncScope();
        Assert.That(scope.ServiceProvider.GetRequiredService<IMailTransport>(), Is.TypeOf(transport));
        Assert.That(scope.ServiceProvider.GetRequiredService<IMailOutbox>(), Is.TypeOf<MailOutbox>());
        Assert.That(services.GetServices<IHostedService>(), Has.One.TypeOf<OutboxWorker<OutboxMail>>());
    }

    [Test]
    public async Task AddRoundtableEmail_FailsAtStart_WhenASettingIsMissing()
    {
        await using var services = Services(("Email:Transport", "SendGrid"));
        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.That(failure!.Failures, Is.EqualTo(new[] { "Email:SendGrid:ApiKey is required when Email:Transport is SendGrid." }));
    }

    private ServiceProvider Services(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<IHostEnvironment>(environment)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddScoped<IOutboxStore<OutboxMail>, InMemoryOutboxStore>()
            .AddSingleton<IDatabaseErrors, SqliteErrors>()
            .AddSingleton(PollInterval.Local)
            .AddRoundtableEmail(
                new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build()
            )
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
