using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Identity;

/// <summary>Identity's managers, as a developer's own code resolves them outside a request.</summary>
internal static class Managers
{
    public static async Task<T> ByUserManagerAsync<T>(this TestApp app, Func<UserManager<User>, Task<T>> use)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<UserManager<User>>());
    }

    public static async Task<T> ByRoleManagerAsync<T>(this TestApp app, Func<RoleManager<Role>, Task<T>> use)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<RoleManager<Role>>());
    }

    /// <summary>Performs an action on the user whom the manager finds by address.</summary>
    public static Task<T> OnAsync<T>(this TestApp app, string email, Func<UserManager<User>, User, Task<T>> use) =>
        app.ByUserManagerAsync(async manager => await use(manager, (await manager.FindByEmailAsync(email))!));

    public static void ShouldSucceed(this IdentityResult result) => Assert.That(result.Succeeded, Is.True, result.ToString());

    public static void ShouldFail(this IdentityResult result, string code) =>
        Assert.That(result.Errors.Select(e => e.Code), Is.EqualTo(new[] { code }), result.ToString());
}
