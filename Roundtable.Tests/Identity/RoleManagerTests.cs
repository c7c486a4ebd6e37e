using System.Security.Claims;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Identity;

/// <summary>Changes through <c>RoleManager</c> keep the rules of roles; permissions are a role's claims.</summary>
public sealed class RoleManagerTests : AccountTests
{
    private static readonly Claim ReadsUsers = new(Permissions.ClaimType, Permissions.UsersRead);

    [Test]
    public async Task RoleClaims_AreThePermissionsOfItsUsers()
    {
        using var person = await Person.ByLinkAsync(App);
        var name = Staff.NewRoleName();
        (await App.ByRoleManagerAsync(m => m.CreateAsync(new Role(name)))).ShouldSucceed();
        (await App.OnAsync(person.Email, (m, u) => m.AddToRoleAsync(u, name))).ShouldSucceed();
        (await person.Browser.GetAsync($"/admin/users/{person.Id}")).ShouldFail(403, "forbidden");
        (await App.ByRoleManagerAsync(async m => await m.AddClaimAsync((await m.FindByNameAsync(name))!, ReadsUsers))).ShouldSucceed();
        (await person.Browser.GetAsync($"/admin/users/{person.Id}")).ShouldSucceed();
        Assert.That(
            await App.ByRoleManagerAsync(async m =>
                (await m.GetClaimsAsync((await m.FindByNameAsync(name))!)).Select(c => c.Value).ToList()
            ),
            Is.EqualTo(new[] { Permissions.UsersRead })
        );
        (await App.ByRoleManagerAsync(async m => await m.RemoveClaimAsync((await m.FindByNameAsync(name))!, ReadsUsers))).ShouldSucceed();
        (await person.Browser.GetAsync($"/admin/users/{person.Id}")).ShouldFail(403, "forbidden");
        (await App.ByRoleManagerAsync(async m => await m.DeleteAsync((await m.FindByNameAsync(name))!))).ShouldSucceed();
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.GetRolesAsync(u)), Is.EqualTo(new[] { Role.UserName }));
        var log = (await (await App.RootAsync()).GetAsync($"/admin/audit-log?target={name}")).ShouldSucceed().Data["items"]!
            .AsArray()
            .Select(e => (string?)e!["action"]);
        Assert.That(log, Is.EqualTo(new[] { "role.deleted", "role.changed", "role.changed", "role.created" }));
    }

    [TestCase(Role.AdminName)]
    [TestCase(Role.UserName)]
    public async Task BuiltInRoles_CannotBeDeleted(string name)
    {
        (await App.ByRoleManagerAsync(async m => await m.DeleteAsync((await m.FindByNameAsync(name))!))).ShouldFail("conflict");
        (await App.ByRoleManagerAsync(async m => await m.AddClaimAsync((await m.FindByNameAsync(name))!, ReadsUsers))).ShouldFail(
            "conflict"
        );
        Assert.That(await App.ByRoleManagerAsync(m => m.RoleExistsAsync(name)), Is.True);
    }

    [Test]
    public async Task RoleNames_CannotBeChanged()
    {
        var name = await App.NewRoleAsync(Permissions.UsersRead);
        (
            await App.ByRoleManagerAsync(async m => await m.SetRoleNameAsync((await m.FindByNameAsync(name.ToUpperInvariant()))!, "other"))
        ).ShouldFail("InvalidRoleName");
        Assert.That(await App.ByRoleManagerAsync(m => m.RoleExistsAsync(name)), Is.True);
    }

    [Test]
    public async Task InvalidRoles_AreRefused()
    {
        (await App.ByRoleManagerAsync(m => m.CreateAsync(new Role("No Such Name")))).ShouldFail("validation_failed");
        var name = await App.NewRoleAsync(Permissions.UsersRead);
        (await App.ByRoleManagerAsync(m => m.CreateAsync(new Role(name)))).ShouldFail("DuplicateRoleName");
        (
            await App.ByRoleManagerAsync(async m =>
                await m.AddClaimAsync((await m.FindByNameAsync(name))!, new Claim(Permissions.ClaimType, "users:fly"))
            )
        ).ShouldFail("validation_failed");
    }
}
