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
            .Select(m => $"{m.Name()} is public but not an action: add [HttpGet], [HttpPost] or similar, or make it private.");

    public static IEnumerable<string> AuthorizationIsDeclared(Subject subject) =>
        subject.ExceptListed(
            subject.Actions.Where(a => !a.Has<AllowAnonymousAttribute>() && !HasRequirements(a)).Select(a => a.Name()),
            name =>
                $"{name} declares no authorization: add [RequirePermission(Permissions.…)] or [RequireFreshSession], or "
                + "[AllowAnonymous] if no session is required. "
                + "If any session is sufficient, add it to ControllerTests.AnySession."
        );

    public static IEnumerable<string> AnonymousActionsHaveNoRequirements(Subject subject) =>
        subject
            .Actions.Where(a => a.Has<AllowAnonymousAttribute>() && HasRequirements(a))
            .Select(a => $"{a.Name()} has [AllowAnonymous], which disables its other requirements: remove one of the two.");

    public static IEnumerable<string> AdminActionsRequireAPermission(Subject subject) =>
        Administration(subject)
            .Where(a => !a.Has<RequirePermissionAttribute>() && !a.Has<RequireAnyPermissionAttribute>())
            .Select(a => $"{a.Name()} is under /admin and requires no permission: add [RequirePermission(Permissions.…)].");

    public static IEnumerable<string> PermissionsAreUsed(Subject subject) =>
        subject
            .Permissions.Where(p => !Administration(subject).Any(a => IsGrantedBy(a, p)))
            .Select(p => $"The permission {p} is required by no endpoint: use it in [RequirePermission], or remove it from Permissions.");

    public static IEnumerable<string> OperationNamesAreUnique(Subject subject)
    {
        var operations = subject
            .Actions.Select(a => (Action: a.Name(), Operation: a.GetCustomAttribute<OperationAttribute>()?.Name))
            .ToList();
        return operations
            .Where(n => n.Operation is null)
            .Select(n => $"{n.Action} has no [Operation(\"…\")]: add a name, which logs and the " + "generated clients use.")
            .Concat(
                operations
                    .Where(n => n.Operation is not null && !OperationName().IsMatch(n.Operation))
                    .Select(n =>
                        $"{n.Action} is operations '{n.Operation}': an operation name consists of verb and object in camelCase, letters "
                        + "only, such as banUser."
                    )
            )
            .Concat(
                operations
                    .GroupBy(n => n.Operation)
                    .Where(g => g.Key is not null && g.Count() > 1)
                    .Select(g =>
                        $"{string.Join(" and ", g.Select(n => n.Action))} share the operation name '{g.Key}': give each a unique name."
                    )
            );
    }

    public static IEnumerable<string> OperationsHaveAKnownLogType(Subject subject) =>
        subject
            .Actions.Where(a => a.GetCustomAttribute<OperationAttribute>() is { } operation && !LogTypes.Contains(operation.LogType))
            .Select(a =>
                $"{a.Name()} logs as '{a.GetCustomAttribute<OperationAttribute>()!.LogType}', which alerts do not know: LogType must be "
                + $"one of {string.Join(", ", LogTypes)}."
            );

    public static IEnumerable<string> ActionsTakeACancellationToken(Subject subject) =>
        subject
            .Actions.Where(a => a.GetParameters() is not [.., { Name: "ct" } last] || last.ParameterType != typeof(CancellationToken))
            .Select(a =>
                $"{a.Name()} keeps running after its caller disconnects: add 'CancellationToken ct' as the last parameter and pass it on."
            );

    public static IEnumerable<string> ControllersDoNotUseTheDatabase(Subject subject) =>
        subject
            .Controllers.SelectMany(c => c.GetConstructors())
            .SelectMany(c => c.GetParameters())
            .Where(p =>
                subject.Infrastructure.Contains(p.ParameterType)
                || p.ParameterType.Assembly == typeof(Roundtable.Infrastructure.DependencyInjection).Assembly
                || p.ParameterType.Name.EndsWith("Repository", StringComparison.Ordinal)
            )
            .Select(p =>
                $"{p.Member.DeclaringType!.Name} depends on {p.ParameterType.Name}: use a service of Roundtable.Application instead, "
                + "which enforces rules and manages transactions."
            );

    public static IEnumerable<string> ChangesAreRestrictedWhileImpersonating(Subject subject) =>
        subject.ExceptListed(
            Endpoints(subject)
                .Where(e =>
                    e.Method != "GET" && !e.Action.Has<AllowAnonymousAttribute>() && !e.Action.Has<NotWhileImpersonatingAttribute>()
                )
                .Select(e => $"{e.Method} {e.Route}"),
            endpoint =>
                $"{endpoint} can be called while impersonating: add [NotWhileImpersonating], or list it in "
                + "PermissionMatrixTests if an admin may do it for a user."
        );

    /// <summary>Returns every method and route, from the attributes.</summary>
    internal static IEnumerable<(MethodInfo Action, string Method, string Route)> Endpoints(Subject subject) =>
        from action in subject.Actions
        from verb in action.GetCustomAttributes<HttpMethodAttribute>()
        from method in verb.HttpMethods
        select (action, method, string.IsNullOrEmpty(verb.Template) ? RouteOf(action) : $"{RouteOf(action)}/{verb.Template}");

    internal static IEnumerable<MethodInfo> Administration(Subject subject) =>
        Endpoints(subject).Where(e => e.Route.StartsWith("api/v1/admin", StringComparison.Ordinal)).Select(e => e.Action).Distinct();

    private static bool IsGrantedBy(MethodInfo action, string permission) =>
        action.GetCustomAttribute<RequirePermissionAttribute>()?.Permission == permission
        || action.DeclaringType!.GetCustomAttribute<RequirePermissionAttribute>()?.Permission == permission
        || action.GetCustomAttribute<RequireAnyPermissionAttribute>()?.AnyOf.Contains(permission) is true;

    private static bool HasRequirements(MethodInfo action) =>
        action.GetCustomAttributes<AuthorizeAttribute>().Concat(action.DeclaringType!.GetCustomAttributes<AuthorizeAttribute>()).Any();

    private static string RouteOf(MethodInfo action) => action.DeclaringType!.GetCustomAttribute<RouteAttribute>()?.Template ?? "";

    [GeneratedRegex("^[a-z][A-Za-z]+$")]
    private static partial Regex OperationName();
}
