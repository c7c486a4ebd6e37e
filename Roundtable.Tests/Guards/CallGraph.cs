using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Roundtable.Application.Common;

namespace Roundtable.Tests.Guards;

/// <summary>
/// What a method leads to, out of the compiled code: through services, ports to their implementations, lambdas and asynchronous bodies.
/// Which way a branch goes is not known: it is what could happen.
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

    /// <summary>The method and all that it leads to. What a unit of work is made of is nobody's business here.</summary>
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

    /// <summary>The calls that a method leads to without a unit of work around them.</summary>
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

    /// <summary>What the method itself does, its asynchronous part included.</summary>
    public Body BodyOf(MethodBase method) => bodies.GetOrAdd(method, Read);

    // IUnitOfWork, and helpers that hand what they are given on to it.
    private bool RunsInUnit(MethodBase method, HashSet<MethodBase> asked) =>
        method.GetParameters().Any(p => typeof(Delegate).IsAssignableFrom(p.ParameterType))
        && (
            (
                method.DeclaringType == typeof(IUnitOfWork)
                && method.Name is nameof(IUnitOfWork.ExecuteAsync) or nameof(IUnitOfWork.ExecuteStatementAsync)
            ) || (assemblies.Contains(method.Module.Assembly) && asked.Add(method) && BodyOf(method).Calls.Any(c => RunsInUnit(c, asked)))
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

    /// <summary>The types whose members a method's own code uses.</summary>
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

    // One and the same, whatever its type arguments.
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
    /// <param name="Calls">What it calls.</param>
    /// <param name="Delegates">What it hands on to be called.</param>
    /// <param name="Fields">The fields that it reads or writes.</param>
    /// <param name="Texts">The texts in it.</param>
    /// <param name="Mentions">What its expression trees call.</param>
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
