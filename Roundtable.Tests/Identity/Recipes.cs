using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Domain.Roles;

// The recipes of docs/identity.md, verbatim (RecipeTests): code that does not compile here is not shown there.
namespace Roundtable.Tests.Identity.Recipes
{
    using Roundtable.Domain.Users;

    [Route("api/v1/teams")]
    public sealed class TeamsController(UserManager<User> users) : ControllerBase
    {
        [HttpGet("mine")]
        public async Task<ActionResult<string>> Mine()
        {
            var user = await users.GetUserAsync(User);
            return Ok($"{user!.Name}: {User.FindFirstValue("team") ?? "none"}");
        }

        [HttpPut("{team}/members/{email}")]
        [Authorize(Roles = "admin")]
        public async Task<ActionResult> Join(string team, string email)
        {
            var user = await users.FindByEmailAsync(email);
            return user is not null && (await users.AddClaimAsync(user, new Claim("team", team))).Succeeded ? NoContent() : NotFound();
        }
    }

    public sealed class NoSeasons : IPasswordValidator<User>
    {
        private static readonly string[] Seasons = ["spring", "summer", "autumn", "winter"];

        public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
            Task.FromResult(
                Seasons.Any(s => password?.Contains(s, StringComparison.OrdinalIgnoreCase) == true)
                    ? IdentityResult.Failed(new IdentityError { Code = "Season", Description = "The password must not name a season." })
                    : IdentityResult.Success
            );
    }

    public sealed class SixDigits(TimeProvider clock) : TotpSecurityStampBasedTokenProvider<User>
    {
        public const string Name = "SixDigits";

        public override Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<User> manager, User user) => Task.FromResult(false);

        public override Task<string> GetUserModifierAsync(string purpose, UserManager<User> manager, User user) =>
            Task.FromResult($"{purpose}:{user.Id}:{clock.GetUtcNow():yyyyMMdd}");
    }

    [Route("api/v1/external")]
    [AllowAnonymous]
    public sealed class ExternalController(SignInManager<User> signIn) : ControllerBase
    {
        [HttpGet("{scheme}")]
        public ActionResult Begin(string scheme) =>
            Challenge(signIn.ConfigureExternalAuthenticationProperties(scheme, "/api/v1/external/done"), scheme);

        [HttpGet("done")]
        public async Task<ActionResult> Done()
        {
            var login = await signIn.GetExternalLoginInfoAsync();
            var result = login is null
                ? Microsoft.AspNetCore.Identity.SignInResult.Failed
                : await signIn.ExternalLoginSignInAsync(login.LoginProvider, login.ProviderKey, isPersistent: true);
            return Redirect(
                result.Succeeded ? "/"
                : result.RequiresTwoFactor ? "/two-factor"
                : "/sign-in"
            );
        }
    }

    public static class RecipeServices
    {
        public static IServiceCollection AddRecipes(this IServiceCollection services)
        {
            services.AddScoped<IPasswordValidator<User>, NoSeasons>();
            new IdentityBuilder(typeof(User), typeof(Role), services).AddTokenProvider<SixDigits>(SixDigits.Name);
            services.AddAuthentication().AddExternalCookie();
            return services;
        }
    }
}

namespace Roundtable.Tests.Identity.Recipes.Column
{
    public sealed partial class User
    {
        public string? CustomerNumber { get; private set; }

        public void BecomeCustomer(string number) => CustomerNumber = number;
    }

    internal sealed class CustomerConfiguration : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> builder) => builder.Property(u => u.CustomerNumber).HasMaxLength(20).IsUnicode(false);
    }
}
