using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Roundtable.Application.Common;

namespace Roundtable.Tests.Guards;

/// <summary>
/// Finds what a method can call, from the compiled code: through services, ports to their implementations, lambdas and async bodies.
/// Branches are not evaluated: the result is what could happen.
/// </summary>
internal sealed class CallGraph(IEnumerable<Type> types)
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields()
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    private readonly ConcurrentDictionary<MethodBase, Body> bodies = new();
    private readonly HashSet<Assembly> assemblies = [.. types.Select(t => t.Assembly)];
    private readonly List<Type> classes = [.. types.Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false })];

    /// <summary>Returns the method and everything it reaches, not looking into the implementation of a unit of work.</summary>
    public IReadOnlyCollection<MethodBase> Reach(MethodBase start)
    {
        var seen = new HashSet<MethodBase>();
        var open = new Stack<MethodBase>([Definition(start)]);
        while (open.TryPop(out var method))
        {
            if (seen.Add(method))
            {
                var body = BodyOf(method);
                foreach (var next in body.Calls.Concat(body.Delegates).SelectMany(Targets))
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }

    /// <summary>Returns the calls that a method reaches outside a unit of work.</summary>
    public IReadOnlyCollection<MethodBase> ReachOutsideUnits(MethodBase start)
    {
        var seen = new HashSet<MethodBase>();
        var open = new Stack<MethodBase>([Definition(start)]);
        while (open.TryPop(out var method))
        {
            if (seen.Add(method) && assemblies.Contains(method.Module.Assembly))
            {
                var body = BodyOf(method);
                var delegates = body.Calls.Any(c => RunsInUnit(c, [])) ? [] : body.Delegates;
                foreach (var next in body.Calls.Concat(delegates))
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }

    /// <summary>Returns what the method itself does, including its async state machine.</summary>
    public Body BodyOf(MethodBase method) => bodies.GetOrAdd(method, Read);

    // IUnitOfWork, and helpers that pass their delegate on to it.
    private bool RunsInUnit(MethodBase method, HashSet<MethodBase> visited) =>
        method.GetParameters().Any(p => typeof(Delegate).IsAssignableFrom(p.ParameterType))
        && (
            (
                method.DeclaringType == typeof(IUnitOfWork)
                && method.Name is nameof(IUnitOfWork.ExecuteAsync) or nameof(IUnitOfWork.ExecuteStatementAsync)
            )
            || (assemblies.Contains(method.Module.Assembly) && visited.Add(method) && BodyOf(method).Calls.Any(c => RunsInUnit(c, visited)))
        );

    private IEnumerable<MethodBase> Targets(MethodBase method)
    {
        if (!assemblies.Contains(method.Module.Assembly) || method.DeclaringType is not { } declaring || declaring == typeof(IUnitOfWork))
        {
            return [];
        }

        return declaring is { IsInterface: true, IsGenericTypeDefinition: false }
            ? from type in classes
            where declaring.IsAssignableFrom(type)
            let map = type.GetInterfaceMap(declaring)
            let at = Array.IndexOf(map.InterfaceMethods, method)
            where at >= 0
            select Definition(map.TargetMethods[at])
            : [method];
    }

    private Body Read(MethodBase method)
    {
        var body = ReadOwn(method);
        return method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", All) is { } continued
            ? body + ReadOwn(continued)
            : body;
    }

    /// <summary>Returns the types whose members a method's own code uses.</summary>
    public static IEnumerable<Type> TypesIn(MethodBase method) =>
        from instruction in Instructions(method)
        where
            instruction.Code.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineTok
                    or OperandType.InlineType
        let member = Resolve<MemberInfo>(method, instruction.Token)
        from type in (member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : []).Append(
            member as Type ?? member.DeclaringType
        )
        where type is not null
        select type;

    private static Body ReadOwn(MethodBase method)
    {
        var body = new Body([], [], [], [], []);
        foreach (var (code, token) in Instructions(method))
        {
            switch (code.OperandType)
            {
                case OperandType.InlineMethod:
                    (code == OpCodes.Ldftn || code == OpCodes.Ldvirtftn ? body.Delegates : body.Calls).Add(
                        Definition(Resolve<MethodBase>(method, token))
                    );
                    break;
                case OperandType.InlineField:
                    body.Fields.Add(Resolve<FieldInfo>(method, token));
                    break;
                case OperandType.InlineTok when Resolve<MemberInfo>(method, token) is MethodBase mentioned:
                    body.Mentions.Add(Definition(mentioned));
                    break;
                case OperandType.InlineString:
                    body.Texts.Add(method.Module.ResolveString(token));
                    break;
            }
        }

        return body;
    }

    private static IEnumerable<(OpCode Code, int Token)> Instructions(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < il.Length; )
        {
            var code = il[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | il[at + 1]))] : Codes[il[at]];
            at += code.Size;
            var hasToken =
                code.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineTok
                    or OperandType.InlineType
                    or OperandType.InlineString;
            yield return (code, hasToken ? BitConverter.ToInt32(il, at) : 0);
            at += code.OperandType == OperandType.InlineSwitch ? 4 + (4 * BitConverter.ToInt32(il, at)) : Length(code.OperandType);
        }
    }

    private static T Resolve<T>(MethodBase method, int token)
        where T : MemberInfo =>
        (T)
            method.Module.ResolveMember(
                token,
                method.DeclaringType?.GetGenericArguments(),
                method.IsGenericMethod ? method.GetGenericArguments() : null
            )!;

    // The same definition for all type arguments.
    private static MethodBase Definition(MethodBase method) =>
        method.IsGenericMethod || method.DeclaringType?.IsGenericType is true ? method.Module.ResolveMethod(method.MetadataToken)! : method;

    private static int Length(OperandType operand) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            _ => 4,
        };

    /// <summary>What a method does.</summary>
    /// <param name="Calls">The methods it calls.</param>
    /// <param name="Delegates">What it passes on as delegates.</param>
    /// <param name="Fields">The fields that it reads or writes.</param>
    /// <param name="Texts">Its string literals.</param>
    /// <param name="Mentions">The methods that its expression trees call.</param>
    public sealed record Body(
        List<MethodBase> Calls,
        List<MethodBase> Delegates,
        List<FieldInfo> Fields,
        List<string> Texts,
        List<MethodBase> Mentions
    )
    {
        public static Body operator +(Body a, Body b) =>
            new(
                [.. a.Calls, .. b.Calls],
                [.. a.Delegates, .. b.Delegates],
                [.. a.Fields, .. b.Fields],
                [.. a.Texts, .. b.Texts],
                [.. a.Mentions, .. b.Mentions]
            );
    }
}
