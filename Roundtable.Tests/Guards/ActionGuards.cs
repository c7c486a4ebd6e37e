using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Roundtable.Api.Authentication;
using Roundtable.Api.Logging;

namespace Roundtable.Tests.Guards;

/// <summary>What every controller action must declare.</summary>
internal static partial class ActionGuards
{
    private static readonly string[] LogTypes = ["operation", "auth", "security", "email", "database", "system"];

    public static IEnumerable<string> PublicMethodsAreActions(Subject subject) =>
        subject
            .Controllers.SelectMany(c => c.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => !m.IsDefined(typeof(HttpMethodAttribute)))
            .Select(m => $"{m.Name()} is public but no action: give it [HttpGet], [HttpPost] or the like, or make it private.");

    public static IEnumerable<string> CallersAreDeclared(Subject subject) =>
        subject.Unnamed(subject.Actions.Where(a => !a.Has<AllowAnonymousAttribute>() && !IsDemanding(a)).Select(a => a.Name()), name =>
            $"{name} does not say who may call it: put [RequirePermission(Permissions.…)] or [RequireFreshSession] on it, or "
            + "[AllowAnonymous] when nobody has to be signed in. "
            + "Where any session will do, name it in ControllerTests.AnySession."
        );

    public static IEnumerable<string> OpenActionsDemandNothing(Subject subject) =>
        subject
            .Actions.Where(a => a.Has<AllowAnonymousAttribute>() && IsDemanding(a))
            .Select(a => $"{a.Name()} has [AllowAnonymous], which switches its other requirements off: take one of the two away.");

    public static IEnumerable<string> AdminActionsAskForAPermission(Subject subject) =>
        Administration(subject)
            .Where(a => !a.Has<RequirePermissionAttribute>() && !a.Has<RequireAnyPermissionAttribute>())
            .Select(a => $"{a.Name()} is under /admin and asks for no permission: put [RequirePermission(Permissions.…)] on it.");

    public static IEnumerable<string> PermissionsOpenSomething(Subject subject) =>
        subject
            .Permissions.Where(p => !Administration(subject).Any(a => Opens(a, p)))
            .Select(p => $"The permission {p} opens no endpoint: put it on one with [RequirePermission], or take it out of Permissions.");

    public static IEnumerable<string> OperationsHaveANameOfTheirOwn(Subject subject)
    {
        var named = subject.Actions.Select(a => (Action: a.Name(), Operation: a.GetCustomAttribute<OperationAttribute>()?.Name)).ToList();
        return named
            .Where(n => n.Operation is null)
            .Select(n =>
                $"{n.Action} has no [Operation(\"…\")]: name it, as its calls are logged and the API's "
                + "clients are generated under that name."
            )
            .Concat(
                named
                    .Where(n => n.Operation is not null && !OperationName().IsMatch(n.Operation))
                    .Select(n =>
                        $"{n.Action} is named '{n.Operation}': an operation's name is a verb and its object in camelCase, letters "
                        + "only, such as banUser."
                    )
            )
            .Concat(
                named
                    .GroupBy(n => n.Operation)
                    .Where(g => g.Key is not null && g.Count() > 1)
                    .Select(g => $"{string.Join(" and ", g.Select(n => n.Action))} share the operation name '{g.Key}': give each its own.")
            );
    }

    public static IEnumerable<string> OperationsLogAsAKnownType(Subject subject) =>
        subject
            .Actions.Where(a => a.GetCustomAttribute<OperationAttribute>() is { } operation && !LogTypes.Contains(operation.LogType))
            .Select(a =>
                $"{a.Name()} logs as '{a.GetCustomAttribute<OperationAttribute>()!.LogType}', which no alert knows: LogType is "
                + $"one of {string.Join(", ", LogTypes)}."
            );

    public static IEnumerable<string> ActionsTakeACancellationToken(Subject subject) =>
        subject
            .Actions.Where(a => a.GetParameters() is not [.., { Name: "ct" } last] || last.ParameterType != typeof(CancellationToken))
            .Select(a => $"{a.Name()} goes on when its caller is gone: take 'CancellationToken ct' as the last parameter and pass it on.");

    public static IEnumerable<string> ControllersLeaveTheDatabaseAlone(Subject subject) =>
        subject
            .Controllers.SelectMany(c => c.GetConstructors())
            .SelectMany(c => c.GetParameters())
            .Where(p =>
                subject.Infrastructure.Contains(p.ParameterType)
                || p.ParameterType.Assembly == typeof(Roundtable.Infrastructure.DependencyInjection).Assembly
                || p.ParameterType.Name.EndsWith("Repository", StringComparison.Ordinal)
            )
            .Select(p =>
                $"{p.Member.DeclaringType!.Name} takes {p.ParameterType.Name}: ask a use case of Roundtable.Application instead, "
                + "which has the rules and transactions."
            );

    public static IEnumerable<string> ChangesAreRestrictedWhileImpersonating(Subject subject) =>
        subject.Unnamed(
            Endpoints(subject)
                .Where(e =>
                    e.Method != "GET" && !e.Action.Has<AllowAnonymousAttribute>() && !e.Action.Has<NotWhileImpersonatingAttribute>()
                )
                .Select(e => $"{e.Method} {e.Route}"),
            endpoint =>
                $"{endpoint} can be called while impersonating: put [NotWhileImpersonating] on it, or name it in "
                + "PermissionMatrixTests when an admin may do it for a user."
        );

    /// <summary>Returns every method and route, from the attributes.</summary>
    internal static IEnumerable<(MethodInfo Action, string Method, string Route)> Endpoints(Subject subject) =>
        from action in subject.Actions
        from verb in action.GetCustomAttributes<HttpMethodAttribute>()
        from method in verb.HttpMethods
        select (action, method, string.IsNullOrEmpty(verb.Template) ? RouteOf(action) : $"{RouteOf(action)}/{verb.Template}");

    internal static IEnumerable<MethodInfo> Administration(Subject subject) =>
        Endpoints(subject).Where(e => e.Route.StartsWith("api/v1/admin", StringComparison.Ordinal)).Select(e => e.Action).Distinct();

    private static bool Opens(MethodInfo action, string permission) =>
        action.GetCustomAttribute<RequirePermissionAttribute>()?.Permission == permission
        || action.DeclaringType!.GetCustomAttribute<RequirePermissionAttribute>()?.Permission == permission
        || action.GetCustomAttribute<RequireAnyPermissionAttribute>()?.AnyOf.Contains(permission) is true;

    private static bool IsDemanding(MethodInfo action) =>
        action.GetCustomAttributes<AuthorizeAttribute>().Concat(action.DeclaringType!.GetCustomAttributes<AuthorizeAttribute>()).Any();

    private static string RouteOf(MethodInfo action) => action.DeclaringType!.GetCustomAttribute<RouteAttribute>()?.Template ?? "";

    [GeneratedRegex("^[a-z][A-Za-z]+$")]
    private static partial Regex OperationName();
}
