using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roundtable.Application.Email;
using Roundtable.Application.Telemetry;

namespace Roundtable.Infrastructure.Email;

public static class EmailServiceCollectionExtensions
{
    /// <summary>
    /// Templates, outbox, transports and worker. The host brings <see cref="IOutboxStore"/> (scoped, over the database), <c>IDatabaseErrors</c> and data
    /// protection; whoever commits calls <see cref="OutboxSignal.Notify"/>.
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
        services.TryAddSingleton<OutboxProtector>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<MailTransportStatus>();
        services.TryAddSingleton<OutboxDispatcher>();
        services.TryAddScoped<IMailOutbox, MailOutbox>();
        AddTransports(services);

        // The build starts the program once to write the OpenAPI document: no settings are needed for that, and no mail may go out.
        if (Assembly.GetEntryAssembly()?.GetName().Name != "GetDocument.Insider")
        {
            options.ValidateOnStart();
            services.AddHostedService<OutboxWorker>();
        }

        return services;
    }

    private static void AddTransports(IServiceCollection services)
    {
        services.TryAddSingleton<MailMessageFactory>();
        services.TryAddSingleton<PickupTransport>();
        services.TryAddSingleton<SmtpTransport>();
        services.AddHttpClient<SendGridTransport>(http => http.Timeout = OutboxTiming.SendTimeout)
            // A followed redirect turns the POST into a GET whose 200 would pass for a sent mail.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .AddHttpMessageHandler(() => new SuccessIsEnough())
            .RemoveAllLoggers();

        // Transient: a typed client is made for one use, so that its handler can be renewed.
        services.TryAddTransient<IMailTransport>(provider => provider.GetRequiredService<IOptions<EmailOptions>>().Value.Transport switch
        {
            EmailTransport.Smtp => provider.GetRequiredService<SmtpTransport>(),
            EmailTransport.SendGrid => provider.GetRequiredService<SendGridTransport>(),
            _ => provider.GetRequiredService<PickupTransport>(),
        });
    }
}
