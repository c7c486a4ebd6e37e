namespace Roundtable.Api.Operations;

internal static class HealthSetup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A check may have to read a whole file.
    private static readonly TimeSpan DoctorsPatience = TimeSpan.FromMinutes(10);

    /// <summary>Registers all checks, in display order.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services
            .AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", tags: [HealthTags.Ready])
            .AddCheck<DatabaseDetailsCheck>("details:database", tags: [HealthTags.Details], timeout: Patience)
            .AddCheck<OutboxCheck>("details:outbox", tags: [HealthTags.Details], timeout: Patience)
            .AddCheck<MailCheck>("details:mail", tags: [HealthTags.Details], timeout: Patience)
            .AddCheck<KeysCheck>("details:keys", tags: [HealthTags.Details], timeout: Patience)
            .AddCheck<DiskCheck>("details:disk", tags: [HealthTags.Details], timeout: Patience)
            .AddCheck<ProcessCheck>("details:process", tags: [HealthTags.Details], timeout: Patience)
            .AddCheck<ConfigurationCheck>("findings:configuration", tags: [HealthTags.Findings])
            .AddCheck<PublicUrlCheck>("doctor:publicUrl", tags: [HealthTags.Doctor])
            .AddCheck<ProxiesCheck>("doctor:proxies", tags: [HealthTags.Doctor])
            .AddCheck<DatabaseReachableCheck>("doctor:database", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<SchemaCheck>("doctor:schema", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<IsolationCheck>("doctor:isolation", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<IntegrityCheck>("doctor:integrity", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<DiskCheck>("doctor:disk", tags: [HealthTags.Doctor])
            .AddCheck<KeysCheck>("doctor:keys", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<MailTransportCheck>("doctor:mail", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<ExternalProvidersCheck>("doctor:externalProviders", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<ClockCheck>("doctor:clock", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<AdminCheck>("doctor:admin", tags: [HealthTags.Doctor], timeout: DoctorsPatience)
            .AddCheck<PublicAddressCheck>("setup:publicUrl", tags: [HealthTags.Setup])
            .AddCheck<SenderCheck>("setup:sender", tags: [HealthTags.Setup])
            .AddCheck<MailTriedCheck>("setup:mail", tags: [HealthTags.Setup], timeout: Patience)
            .AddCheck<OwnAdminCheck>("setup:admin", tags: [HealthTags.Setup], timeout: Patience)
            .AddCheck<SecondAdminCheck>("setup:secondAdmin", tags: [HealthTags.Setup], timeout: Patience)
            .AddCheck<KeysProtectedCheck>("setup:keys", tags: [HealthTags.Setup], timeout: Patience)
            .AddCheck<BackupCheck>("setup:backup", tags: [HealthTags.Setup], timeout: Patience)
            .AddCheck<RetentionCheck>("setup:retention", tags: [HealthTags.Setup]);
        services.AddSingleton<Findings>();
        return services;
    }

    /// <summary>The name without its audience prefix.</summary>
    public static string ShortName(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
