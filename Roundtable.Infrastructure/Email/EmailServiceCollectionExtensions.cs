using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roundtable.Application.Email;
using Roundtable.Application.Operations;
using Roundtable.Domain.Email;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

public static class EmailServiceCollectionExtensions
{
    /// <summary>
    /// Registers templates, outbox, transports and worker. The host provides <see cref="IOutboxStore{TMessage}"/> (scoped, over the
    /// database), <c>IDatabaseErrors</c> and data protection; the code that commits calls <see cref="OutboxSignal{TMessage}.Notify"/>.
    /// </summary>
    public static IServiceCollection AddRoundtableEmail(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddOptions<EmailOptions>().Bind(configuration.GetSection(EmailOptions.SectionName));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics().TryAddSingleton<RoundtableMetrics>();

        services.TryAddSingleton(s =>
        {
            var templates = s.GetRequiredService<IOptions<EmailOptions>>().Value.Templates;
            return new MailRenderer(MailTemplateFolder.Read(s.GetRequiredService<IHostEnvironment>(), templates), templates.Locale);
        });
        services.TryAddSingleton<IMailLanguages>(s => s.GetRequiredService<MailRenderer>());
        services.TryAddSingleton<OutboxProtector>();
        services.TryAddSingleton<MailTransportStatus>();
        services.TryAddScoped<IMailOutbox, MailOutbox>();
        services.AddOutbox<OutboxMail>().TryAddTransient<IOutboxSender<OutboxMail>, MailSender>();
        AddTransports(services);

        if (WorkerServiceCollectionExtensions.IsServing)
        {
            options.ValidateOnStart();
        }

        return services.AddWorker<OutboxWorker<OutboxMail>>();
    }

    private static void AddTransports(IServiceCollection services)
    {
        services.TryAddSingleton<MailMessageFactory>();
        services.TryAddSingleton<PickupTransport>();
        services.TryAddSingleton<SmtpTransport>();
        services
            .AddHttpClient<SendGridTransport>(http => http.Timeout = OutboxTiming.SendTimeout)
            // A followed redirect turns the POST into a GET, whose 200 would pass for a sent mail.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .AddHttpMessageHandler(() => new SuccessIsEnough())
            .RemoveAllLoggers();

        // Transient: a typed client is created for one use, so that its handler can be renewed.
        services.TryAddTransient<IMailTransport>(provider =>
            provider.GetRequiredService<IOptions<EmailOptions>>().Value.Transport switch
            {
                EmailTransport.Smtp => provider.GetRequiredService<SmtpTransport>(),
                EmailTransport.SendGrid => provider.GetRequiredService<SendGridTransport>(),
                _ => provider.GetRequiredService<PickupTransport>(),
            }
        );
    }
}
