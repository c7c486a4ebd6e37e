using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Logging;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>What every action declares.</summary>
public sealed class ControllerTests
{
    // Any session will do for these, by the fallback policy. Whoever adds an action here has thought about it.
    private static readonly string[] AnySession =
    [
        "OwnAccountController.Activity",
        "ProfileFieldsController.List",
        "SessionsController.List",
        "UsersController.Get",
        "UsersController.GetMe",
        "OwnAccountController.UpdateMe",
        "ImpersonationController.Stop",
    ];

    [Test]
    public void PublicMethods_AreActions()
    {
        var methods = Api.Controllers().SelectMany(c => c.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        Assert.That(methods.Select(m => m.Name()), Is.EquivalentTo(Api.Actions().Select(a => a.Name())));
        Assert.That(Api.Actions(), Has.Count.GreaterThan(20));
    }

    [Test]
    public void Actions_DeclareWhoMayCallThem()
    {
        var silent = Api.Actions().Where(a => !a.Has<AllowAnonymousAttribute>() && !IsDemanding(a)).Select(a => a.Name());
        Assert.That(silent, Is.EquivalentTo(AnySession.Concat(Features.All.SelectMany(f => f.AnySession))));
    }

    [Test]
    public void Actions_AreNotBothOpenAndDemanding() =>
        Assert.That(Api.Actions().Where(a => a.Has<AllowAnonymousAttribute>() && IsDemanding(a)).Select(a => a.Name()), Is.Empty);

    [Test]
    public void AdminActions_AskForAPermission()
    {
        var admin = Api.Actions().Where(a => Route(a).StartsWith("api/v1/admin", StringComparison.Ordinal)).ToList();
        Assert.That(admin, Has.Count.GreaterThan(8));
        Assert.That(admin.Where(a => !a.Has<RequirePermissionAttribute>() && !a.Has<RequireAnyPermissionAttribute>()).Select(a => a.Name()), Is.Empty);
    }

    [Test]
    public void Actions_HaveAnOperationNameOfTheirOwn()
    {
        var names = Api.Actions().Select(a => a.GetCustomAttribute<OperationAttribute>()?.Name ?? a.Name()).ToList();
        Assert.That(names, Is.Unique);
        Assert.That(names, Is.All.Match("^[a-z][A-Za-z]+$"));
    }

    [Test]
    public void Operations_LogAsAKnownType() => Assert.That(
        Api.Actions().Select(a => a.GetCustomAttribute<OperationAttribute>()!.LogType).Distinct(),
        Is.SubsetOf(new[] { "operation", "auth", "security", "email", "database", "system" }));

    [Test]
    public void Actions_TakeACancellationTokenLast()
    {
        var without = Api.Actions().Where(a => a.GetParameters() is not [.., { Name: "ct" } last] || last.ParameterType != typeof(CancellationToken)).Select(a => a.Name());
        Assert.That(without, Is.Empty);
    }

    [Test]
    public void Controllers_HaveAtMostSixDependencies() =>
        Assert.That(Api.Controllers().Where(c => c.GetConstructors().Single().GetParameters().Length > 6).Select(c => c.Name), Is.Empty);

    private static bool IsDemanding(MethodInfo action) => action.GetCustomAttributes<AuthorizeAttribute>().Concat(action.DeclaringType!.GetCustomAttributes<AuthorizeAttribute>()).Any();

    private static string Route(MethodInfo action) => action.DeclaringType!.GetCustomAttribute<RouteAttribute>()!.Template;
}
