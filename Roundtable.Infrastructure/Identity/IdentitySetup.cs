using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Passkeys;
using Roundtable.Application.Passwords;
using Roundtable.Application.TwoFactor;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Passwords;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Identity;

internal static class IdentitySetup
{
    /// <summary>PBKDF2-HMAC-SHA512; OWASP recommends at least 210,000.</summary>
    public const int HashIterations = 220_000;

    /// <summary>Registers ASP.NET Core Identity for our entities: managers, hasher, password rules, passkeys.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services
            .AddIdentityCore<User>()
            .AddRoles<Role>()
            .AddEntityFrameworkStores<RoundtableDbContext>()
            .AddUserStore<UserStore>()
            .AddRoleStore<RoleStore>()
            .AddUserManager<RoundtableUserManager>()
            .AddRoleManager<RoundtableRoleManager>()
            .AddTokenProvider<OneTimeTokenProvider>(TokenOptions.DefaultProvider)
            .AddTokenProvider<AuthenticatorTokenProvider<User>>(TokenOptions.DefaultAuthenticatorProvider);

        // NIST advises against composition rules such as Identity's; ours replace them.
        services.RemoveAll<IPasswordValidator<User>>();
        services.AddScoped<IPasswordValidator<User>, PasswordRules>();
        services.Replace(ServiceDescriptor.Scoped<IUserValidator<User>, AddressRules>());
        services.Configure<IdentityOptions>(o =>
            (o.Lockout.MaxFailedAccessAttempts, o.Lockout.DefaultLockoutTimeSpan) = (5, TimeSpan.FromMinutes(15))
        );
        services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<User>, MigratingPasswordHasher>());
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = HashIterations);
        services.Replace(ServiceDescriptor.Singleton<ILookupNormalizer, LookupNormalizer>());

        services.TryAddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<AppOptions>>(ConfigurePasskeys);
        services.TryAddSingleton<PasswordDecoy>();
        services.TryAddScoped<IPasswords, PasswordHashing>();
        services.TryAddScoped<IPasskeyCeremonies, PasskeyCeremonies>();
        services.TryAddSingleton<TwoFactorCodes>();
        services.TryAddSingleton<ITwoFactorCodes>(s => s.GetRequiredService<TwoFactorCodes>());
        return services;
    }

    private static void ConfigurePasskeys(IdentityPasskeyOptions options, IOptions<AppOptions> app)
    {
        var origins = app.Value.Origins.ToHashSet(StringComparer.Ordinal);
        options.ServerDomain = new Uri(app.Value.PublicUrl).Host;
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && origins.Contains(context.Origin));
    }

    private sealed class LookupNormalizer : ILookupNormalizer
    {
        /// <summary>Normalises role names, which are lower case. The store looks up user names as e-mail addresses.</summary>
        [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Names of roles are in lower case.")]
        public string? NormalizeName(string? name) => name?.ToLowerInvariant();

        public string? NormalizeEmail(string? email) => email is null ? null : EmailAddress.Normalize(email);
    }
}
