using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>A custom controller finds the user as documented by ASP.NET Core Identity; changes apply from the next request.</summary>
public sealed class ClaimsTests
{
    private SqlLog log = null!;
    private TestApp app = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        log = new SqlLog();
        app = TestApp.Start(s => s.AddControllers().AddApplicationPart(typeof(ClaimsTests).Assembly));
        admin = await app.NewAdminAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await app.DisposeAsync();
        log.Dispose();
    }

    [Test]
    public async Task Claims_FollowTheAccount_FromTheNextRequestOn()
    {
        using var person = await Person.ByLinkAsync(app);
        Assert.That(
            await TextAsync(person.Browser, "claims"),
            Is.EqualTo($"{person.Id} {person.Email} {person.Email} admin:False user:True {Permissions.UsersList}:False")
        );
        await app.GiveAsync(person.Id, Role.AdminName);
        Assert.That(await TextAsync(person.Browser, "claims"), Does.Contain("admin:True").And.Contain($"{Permissions.UsersList}:True"));

        (await admin.PatchAsync($"/admin/users/{person.Id}", new { name = "Renamed" })).ShouldSucceed();
        Assert.That(await TextAsync(person.Browser, "name"), Is.EqualTo("Renamed"), "UserManager.GetUserAsync");
    }

    [Test]
    public async Task Claims_RequireNoQuery()
    {
        using var person = await Person.ByLinkAsync(app);
        _ = await TextAsync(person.Browser, "claims");
        var before = log.Of(app).Count;
        _ = await TextAsync(person.Browser, "claims");
        Assert.That(log.Of(app).Skip(before).Select(c => c.Text), Has.Exactly(1).Items, "from the session");
    }

    [TestCase("admins")]
    [TestCase("listers")]
    public async Task RolesAndPolicies_AreHonoured_FromTheNextRequestOn(string path)
    {
        using var person = await Person.ByLinkAsync(app);
        (await person.Browser.GetAsync($"/claims-test/{path}")).ShouldFail(403, "forbidden");
        await app.GiveAsync(person.Id, Role.AdminName);
        Assert.That(await TextAsync(person.Browser, path), Is.EqualTo("welcome"));
        using var stranger = app.NewBrowser();
        (await stranger.GetAsync($"/claims-test/{path}")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Claims_FromATransformation_AreAdded()
    {
        await using var own = TestApp.Start(s =>
        {
            s.AddControllers().AddApplicationPart(typeof(ClaimsTests).Assembly);
            s.AddTransient<Microsoft.AspNetCore.Authentication.IClaimsTransformation, Transformation>();
        });
        using var person = await Person.ByLinkAsync(own);
        Assert.That(await TextAsync(person.Browser, "claims"), Does.StartWith($"{person.Id} ").And.Contain("admin:True"));
    }

    private static async Task<string> TextAsync(Browser browser, string path) =>
        (await browser.GetAsync($"/claims-test/{path}")).ShouldSucceed().Text;

    private sealed class Transformation : Microsoft.AspNetCore.Authentication.IClaimsTransformation
    {
        // Works on a copy, as the documentation recommends.
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            var clone = principal.Clone();
            ((ClaimsIdentity)clone.Identity!).AddClaim(new Claim(ClaimTypes.Role, Role.AdminName));
            return Task.FromResult(clone);
        }
    }
}

/// <summary>A controller by a developer who knows the framework but not this product.</summary>
[Route("api/v1/claims-test")]
public sealed class ClaimsTestController(UserManager<User> users) : ControllerBase
{
    [HttpGet("claims")]
    public string Claims() =>
        $"{User.FindFirstValue(ClaimTypes.NameIdentifier)} {User.Identity!.Name} {User.FindFirstValue(ClaimTypes.Email)} "
        + $"admin:{User.IsInRole("admin")} user:{User.IsInRole("user")} "
        + $"{Permissions.UsersList}:{User.HasClaim("permission", Permissions.UsersList)}";

    [HttpGet("name")]
    public async Task<string> Name() => (await users.GetUserAsync(User))!.Name;

    [HttpGet("admins")]
    [Authorize(Roles = "admin")]
    public ActionResult<string> Admins() => Ok("welcome");

    [HttpGet("listers")]
    [Authorize(Policy = "users:list")]
    public ActionResult<string> Listers() => Ok("welcome");
}
