using System.Reflection;
using System.Text.RegularExpressions;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Identity;

namespace Roundtable.Tests.Guards;

/// <summary>
/// What code does at run time, as far as <see cref="CallGraph"/> can tell: what it records, writes atomically and returns.
/// </summary>
internal static partial class BehaviorGuards
{
    public static IEnumerable<string> ChangesAreAudited(Subject subject)
    {
        var graph = new CallGraph(subject.Types);
        var unaudited = ActionGuards
            .Endpoints(subject)
            .Where(e =>
                e.Method != "GET"
                && !graph.Reach(e.Action).SelectMany(m => graph.BodyOf(m).Calls).Any(c => c.DeclaringType == typeof(IAuditTrail))
            )
            .Select(e => e.Action.Name());
        return subject.ExceptListed(unaudited, name =>
            $"{name} changes data, but no code behind it calls IAuditTrail.Record: record the action and its target with "
            + "an action of AuditActions, within the unit of work. "
            + "If nothing is stored, list it in ControllerTests.NothingToRecord."
        );
    }

    // Methods called from outside or not called within the layer: each must manage its own transaction.
    public static IEnumerable<string> WritesShareATransaction(Subject subject)
    {
        var graph = new CallGraph(subject.Types);
        var methods = subject
            .Application.SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => !m.IsAbstract)
            .ToList();
        // Everything in AccountRules runs in a unit of work.
        var outer = Called(
            graph,
            subject.Api.Concat(subject.Infrastructure.Where(t => t != typeof(AccountRules) && t.DeclaringType != typeof(AccountRules)))
        );
        var inner = Called(graph, subject.Application);
        foreach (var entry in methods.Where(m => outer.Contains(m) || !inner.Contains(m)))
        {
            var writes = graph.ReachOutsideUnits(entry).Where(IsWrite).OrderBy(w => w.DeclaringType!.Name, StringComparer.Ordinal).ToList();
            if (writes.Select(w => w.DeclaringType).Distinct().Count() > 1)
            {
                yield return $"{entry.Name()} writes through "
                    + $"{string.Join(" and ", writes.Select(w => $"{w.DeclaringType!.Name}.{w.Name}"))}, "
                    + "and a failure in between leaves partial changes: "
                    + "use unitOfWork.ExecuteAsync(async ct => …).";
            }
        }
    }

    public static IEnumerable<string> ErrorsAreDeclared(Subject subject)
    {
        var graph = new CallGraph(subject.Types);
        var missing =
            from action in subject.Actions
            let operation = subject.Operations.SingleOrDefault(o =>
                o.Id.Split('_')[^1] == action.GetCustomAttribute<OperationAttribute>()?.Name
            )
            where operation is not null
            from code in graph
                .Reach(action)
                .SelectMany(m => CodesIn(graph.BodyOf(m)))
                .Distinct()
                .Except(DocumentedCodes(operation))
                .Order(StringComparer.Ordinal)
            select $"{action.Name()}: {code}";
        return subject.ExceptListed(missing, found =>
            $"{found} can be returned but is not declared: add \"{found.Split(' ')[1]}\" to the action's [ProducesErrors(…)], so "
            + "that the API document and the client include it. "
            + "If no request can cause it, list it in NeverAnswered of ErrorCatalogTests or of the feature, with the reason."
        );
    }

    public static IEnumerable<string> DeclaredErrorsAreCataloged(Subject subject) =>
        from action in subject.Actions
        from code in action.GetCustomAttribute<ProducesErrorsAttribute>()?.Codes ?? []
        where !ErrorCatalog.All.ContainsKey(code)
        select $"{action.Name()} declares the error '{code}', which does not exist: add it to ErrorCatalog with its status and meaning, "
            + "or correct the code.";

    public static IEnumerable<string> ErrorsHaveTheirCatalogedStatus(Subject subject) =>
        from type in subject.Application
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public)
        where field.FieldType == typeof(Error)
        let error = (Error)field.GetValue(null)!
        let cataloged = ErrorCatalog.All.GetValueOrDefault(error.Code)
        where cataloged?.Status != ApiProblems.Status(error.Kind)
        select cataloged is null
            ? $"{type.Name}.{field.Name} has the code '{error.Code}', which is missing in ErrorCatalog: add it with status "
                + $"{ApiProblems.Status(error.Kind)} and a sentence that states when it is returned."
            : $"{type.Name}.{field.Name} is returned with status {ApiProblems.Status(error.Kind)}, but ErrorCatalog states "
                + $"{cataloged.Status} for '{error.Code}': change its kind or its code.";

    private static HashSet<MethodBase> Called(CallGraph graph, IEnumerable<Type> types) =>
        [
            .. types
                .SelectMany(WithNested)
                .SelectMany(t =>
                    t.GetMethods(
                        BindingFlags.Public
                            | BindingFlags.NonPublic
                            | BindingFlags.Instance
                            | BindingFlags.Static
                            | BindingFlags.DeclaredOnly
                    )
                )
                .Select(graph.BodyOf)
                .SelectMany(b => b.Calls.Concat(b.Delegates)),
        ];

    // Lambdas and async bodies compile to nested types.
    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).SelectMany(WithNested).Prepend(type);

    private static bool IsWrite(MethodBase method) =>
        method.DeclaringType is { IsInterface: true } port
        && port.Assembly == typeof(IUnitOfWork).Assembly
        && port != typeof(IUnitOfWork)
        && !Reading().IsMatch(method.Name);

    private static IEnumerable<string> CodesIn(CallGraph.Body body)
    {
        var named = body.Fields.Where(f => f.FieldType == typeof(Error) && f.IsStatic).Select(f => ((Error)f.GetValue(null)!).Code);
        return body.Calls.Any(c =>
            (c.IsConstructor && c.DeclaringType == typeof(Error))
            || (c.DeclaringType == typeof(ApiProblems) && c.Name == nameof(ApiProblems.Create))
        )
            ? named.Concat(body.Texts.Where(ErrorCatalog.All.ContainsKey))
            : named;
    }

    private static IEnumerable<string> DocumentedCodes(OpenApi.Operation operation) =>
        operation.Answers.SelectMany(a =>
            a.Answer["content"]?["application/problem+json"]?["examples"]?.AsObject().Select(e => e.Key) ?? []
        );

    // Matches, by naming convention, port methods that only read, compute or prepare.
    [GeneratedRegex(
        "^(get_|Load|Read|Find|List|Has|Exists|Is[A-Z]|Count(?!Async)|Verify|Check|Hash|Match|Create|Encode|Decode|Begin|Simulate)"
    )]
    private static partial Regex Reading();
}
