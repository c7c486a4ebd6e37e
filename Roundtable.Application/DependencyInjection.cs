using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Cleanup;
using Roundtable.Application.Email;
using Roundtable.Application.Impersonation;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.Profiles;
using Roundtable.Application.Roles;
using Roundtable.Application.Sessions;
using Roundtable.Application.Statistics;
using Roundtable.Application.Telemetry;
using Roundtable.Application.Tokens;
using Roundtable.Application.Transfer;
using Roundtable.Application.Users;

namespace Roundtable.Application;

public static class DependencyInjection
{
    /// <summary>The use cases. Repositories, mail and the request's context come from the other layers.</summary>
    /// <param name="autoMapperLicenseKey">The key of <c>AutoMapper:LicenseKey</c>; without one AutoMapper warns once at the start.</param>
    public static IServiceCollection AddApplication(this IServiceCollection services, string? autoMapperLicenseKey)
    {
        services.AddAutoMapper(
            c =>
            {
                c.LicenseKey = autoMapperLicenseKey;
                c.AddMaps(typeof(DependencyInjection).Assembly);
            });
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CallbackPolicy>();
        services.TryAddSingleton<ProfileFields>();
        services.TryAddSingleton<RoundtableMetrics>();
        services.TryAddScoped<IAuditTrail, AuditTrail>();
        foreach (var service in (ReadOnlySpan<Type>)
                 [
                     typeof(AccountDeletion), typeof(AccountExport), typeof(AccountMailer), typeof(AccountRecords), typeof(AddressMover),
                     typeof(AdminBootstrap), typeof(AdminGuard), typeof(Arrivals), typeof(AuditRetention), typeof(AuditService), typeof(BanService), typeof(BulkService),
                     typeof(CleanupService), typeof(EmailChange), typeof(FailedSignIns), typeof(ImpersonationService), typeof(ImportRulesLoader), typeof(Lockdown), typeof(MagicLinkMailer),
                     typeof(MagicLinkRedeemer), typeof(MagicLinkService), typeof(MailValues), typeof(MailboxOwners), typeof(OneTimeTokens),
                     typeof(OutboxService), typeof(PasskeyService), typeof(PasskeySignIn), typeof(PasswordAttempts), typeof(PasswordChange),
                     typeof(PasswordRecovery), typeof(PasswordReplacer), typeof(PasswordSignIn), typeof(PasswordStorage), typeof(Reauthentication),
                     typeof(RoleGrants), typeof(RoleService), typeof(SecondFactor), typeof(SessionAdminService), typeof(SessionService),
                     typeof(SessionStarter), typeof(SignIn), typeof(SignInGate), typeof(SignUp), typeof(StatisticsService), typeof(TrustedBrowsers),
                     typeof(TwoFactorNotices), typeof(TwoFactorService), typeof(TwoFactorSignIn), typeof(UserAccess), typeof(UserAdminService),
                     typeof(UserAdministration), typeof(UserCreation), typeof(UserEditor), typeof(UserExport), typeof(UserImport),
                     typeof(UserMailer), typeof(UserRolesService), typeof(UserService), typeof(UserViews), typeof(VerificationMailer),
                 ])
        {
            services.TryAddScoped(service);
        }

        return services;
    }
}
