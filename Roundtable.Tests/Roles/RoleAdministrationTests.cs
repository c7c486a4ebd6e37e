using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Roles;

/// <summary>Roles are created, changed and deleted; their permissions apply from the next request.</summary>
public sealed class RoleAdministrationTests
{
    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [Test]
    public async Task Roles_CanBeCreatedReplacedListedAndDeleted()
    {
        var name = Staff.NewRoleName();
        var made = (
            await admin.PutAsync($"/admin/roles/{name}", new { permissions = new[] { "users:list", "users:read", "users:list" } })
        ).ShouldSucceed(201);
        Assert.Multiple(() =>
        {
            Assert.That(made.Header("Location"), Does.EndWith($"/admin/roles/{name}"));
            Assert.That((bool?)made.Data["builtIn"], Is.False);
            Assert.That(made.Data["permissions"]!.AsArray().Select(p => (string?)p), Is.EquivalentTo(new[] { "users:list", "users:read" }));
        });
        var replaced = (await admin.PutAsync($"/admin/roles/{name}", new { permissions = Array.Empty<string>() })).ShouldSucceed();
        Assert.That(replaced.Data["permissions"]!.AsArray(), Is.Empty);
        Assert.That(
            (await admin.GetAsync("/admin/roles?limit=100")).ShouldSucceed().Items.Select(r => (string?)r["name"]),
            Does.Contain(name)
        );
        (await admin.DeleteAsync($"/admin/roles/{name}")).ShouldSucceed(204);
        (await admin.DeleteAsync($"/admin/roles/{name}")).ShouldFail(404, "not_found");
        foreach (var action in new[] { "role.created", "role.changed", "role.deleted" })
        {
            Assert.That((await admin.GetAsync($"/admin/audit-log?target={name}&action={action}")).Items, Has.Count.EqualTo(1), action);
        }
    }

    [Test]
    public async Task Roles_ShowHowManyHaveThem()
    {
        var name = Staff.NewRoleName();
        var made = (await admin.PutAsync($"/admin/roles/{name}", new { permissions = new[] { "users:list" } })).ShouldSucceed(201);
        Assert.That((int?)made.Data["holders"]!["users"], Is.Zero);
        using var one = await App.NewUserAsync();
        using var two = await App.NewUserAsync();
        await App.GiveAsync(one.UserId, name);
        await App.GiveAsync(two.UserId, name);
        await admin.NewServiceKeyAsync([name], "users:list");
        var roles = (await admin.GetAsync("/admin/roles?limit=100")).ShouldSucceed().Items;
        var saved = (await admin.PutAsync($"/admin/roles/{name}", new { permissions = new[] { "users:list" } })).ShouldSucceed().Data;
        foreach (var role in new[] { saved, roles.Single(r => (string?)r["name"] == name) })
        {
            Assert.That(((int?)role["holders"]!["users"], (int?)role["holders"]!["serviceAccounts"]), Is.EqualTo((2, 1)));
        }

        Assert.That((int?)roles.Single(r => (string?)r["name"] == "admin")["holders"]!["users"], Is.Positive);
        Assert.That(roles.Single(r => (string?)r["name"] == "user")["holders"], Is.Null, "every user has it");
    }

    [TestCase("admin")]
    [TestCase("user")]
    public async Task BuiltInRoles_CannotBeChanged(string name)
    {
        (await admin.PutAsync($"/admin/roles/{name}", new { permissions = new[] { "users:list" } })).ShouldFail(409, "conflict");
        (await admin.DeleteAsync($"/admin/roles/{name}")).ShouldFail(409, "conflict");
        var role = (await admin.GetAsync("/admin/roles?limit=100")).Items.Single(r => (string?)r["name"] == name);
        Assert.That((bool?)role["builtIn"], Is.True);
        Assert.That(role["permissions"]!.AsArray(), Has.Count.EqualTo(name == "admin" ? Permissions.All.Count : 0));
    }

    [TestCase("{}")]
    [TestCase("{\"permissions\":null}")]
    [TestCase("{\"permissions\":\"users:list\"}")]
    [TestCase("{\"permissions\":[\"users:fly\"]}")]
    [TestCase("{\"permissions\":[\"USERS:LIST\"]}")]
    [TestCase("{\"permissions\":[\"users:list users:ban\"]}")]
    [TestCase("{\"permissions\":[null]}")]
    [TestCase("{\"permissions\":[],\"builtIn\":true}")]
    public async Task InvalidBodies_AreRefused(string body) =>
        (await admin.PutAsync($"/admin/roles/{Staff.NewRoleName()}", body)).ShouldFail(400, "validation_failed");

    [TestCase("Upper")]
    [TestCase("ADMIN")]
    [TestCase("1st")]
    [TestCase("with%20space")]
    [TestCase("dot.ted")]
    [TestCase("semi%3Bcolon")]
    [TestCase("line%0A")]
    [TestCase("a23456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task InvalidNames_AreRefused(string name) =>
        (await admin.PutAsync($"/admin/roles/{name}", new { permissions = Array.Empty<string>() })).ShouldFail(400, "validation_failed");

    [Test]
    public async Task RolesWithPermissionsTheCallerLacks_CannotBeDeleted()
    {
        using var keeper = await App.NewStaffAsync("roles:write", "users:list");
        var (more, less) = (await App.NewRoleAsync("users:list", "users:ban"), await App.NewRoleAsync("users:list"));
        (await keeper.DeleteAsync($"/admin/roles/{more}")).ShouldFail(403, "forbidden");
        (await keeper.DeleteAsync($"/admin/roles/{less}")).ShouldSucceed(204);
        Assert.That(
            (await admin.GetAsync("/admin/roles?limit=100&includeTotal=true")).ShouldSucceed().Items.Select(r => (string?)r["name"]),
            Does.Contain(more)
        );
    }

    [Test]
    public async Task PermissionsTheCallerLacks_CannotBeGranted()
    {
        using var keeper = await App.NewStaffAsync("roles:write", "users:list");
        var name = Staff.NewRoleName();
        (await keeper.PutAsync($"/admin/roles/{name}", new { permissions = new[] { "users:list", "users:ban" } })).ShouldFail(
            403,
            "forbidden"
        );
        (await keeper.PutAsync($"/admin/roles/{name}", new { permissions = new[] { "users:list" } })).ShouldSucceed(201);
    }

    [Test]
    public async Task ChangedRoles_ApplyFromTheNextRequest()
    {
        var name = await App.NewRoleAsync("users:list");
        using var holder = await App.NewUserAsync();
        await App.GiveAsync(holder.UserId, name);
        (await holder.GetAsync("/admin/users")).ShouldSucceed();
        (await admin.PutAsync($"/admin/roles/{name}", new { permissions = new[] { "audit:read" } })).ShouldSucceed();
        (await holder.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
        (await holder.GetAsync("/admin/audit-log")).ShouldSucceed();
        Assert.That(
            (await holder.GetAsync("/auth/session")).Data["permissions"]!.AsArray().Select(p => (string?)p),
            Is.EqualTo(new[] { "audit:read" })
        );
        (await admin.DeleteAsync($"/admin/roles/{name}")).ShouldSucceed(204);
        (await holder.GetAsync("/admin/audit-log")).ShouldFail(403, "forbidden");
        Assert.That(
            (await holder.GetAsync("/users/me")).ShouldSucceed().Data["roles"]!.AsArray().Select(r => (string?)r),
            Is.EqualTo(new[] { "user" })
        );
    }

    [Test]
    public async Task LastTwoAdmins_CannotBothBeDemoted_With50ParallelAttempts()
    {
        await using var app = TestApp.Start();
        await using var sibling = app.StartSibling();
        var root = await app.RootAsync();
        using var second = await app.NewAdminAsync();
        using var manager = await app.NewStaffAsync([.. Permissions.All]);
        using var elsewhere = sibling.NewBrowser();
        elsewhere.SessionCookie = manager.SessionCookie;
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    (i % 4 < 2 ? manager : elsewhere).PutAsync(
                        $"/admin/users/{(i % 2 == 0 ? root.UserId : second.UserId)}/roles",
                        new { roles = new[] { "user" } }
                    )
                )
        );
        Assert.That(
            answers.Select(a => a.Status),
            Is.All.EqualTo(200).Or.EqualTo(409),
            string.Join('\n', answers.Select(a => a.Text).Distinct().Take(5))
        );
        Assert.That(answers.Where(a => a.Status == 409).Select(a => a.Code), Is.All.EqualTo("last_admin"));
        var left = new[] { await root.GetAsync("/admin/users"), await second.GetAsync("/admin/users") };
        Assert.That(left.Select(a => a.Status), Is.EquivalentTo(new[] { 200, 403 }));
    }

    [TestCase("%20")]
    [TestCase("%E2%80%A8")]
    public async Task Save_IsRefused_WhenTheNameIsBlank(string name)
    {
        using var admin = await App.SignInAsAdminAsync();
        (await admin.PutAsync($"/admin/roles/{name}", new { permissions = Array.Empty<string>() })).ShouldFail(400, "validation_failed");
    }
}
