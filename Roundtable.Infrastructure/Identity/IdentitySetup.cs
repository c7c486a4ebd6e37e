using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

internal static class IdentitySetup
{
    /// <summary>PBKDF2-HMAC-SHA512; OWASP asks for 210,000 at least.</summary>
    public const int HashIterations = 220_000;

    /// <summary>ASP.NET Core Identity over our entities: managers, hasher, password rules, passkeys.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(o => o.User.AllowedUserNameCharacters = "")
            .AddRoles<Role>()
            .AddUserStore<UserStore>()
            .AddRoleStore<RoleStore>()
            .AddPasswordValidator<PasswordRules>();

        // Identity's own composition rules are what NIST advises against; ours take their place.
        services.RemoveAll<IPasswordValidator<User>>();
        services.AddScoped<IPasswordValidator<User>, PasswordRules>();
        services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<User>, MigratingPasswordHasher>());
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = HashIterations);
        services.Replace(ServiceDescriptor.Singleton<ILookupNormalizer, AddressNormalizer>());

        services.TryAddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<AppOptions>>(ConfigurePasskeys);
        services.TryAddSingleton<PasswordDecoy>();
        services.TryAddScoped<IPasswords, Passwords>();
        services.TryAddScoped<IPasskeyCeremonies, PasskeyCeremonies>();
        services.TryAddSingleton<ITwoFactorCodes, TwoFactorCodes>();
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

    private sealed class AddressNormalizer : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name is null ? null : EmailAddress.Normalize(name);

        public string? NormalizeEmail(string? email) => NormalizeName(email);
    }
}
