using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;

namespace Roundtable.Tests.Architecture;

/// <summary>The controllers and their actions.</summary>
internal static class Api
{
    public static Assembly Assembly { get; } = typeof(Program).Assembly;

    public static IReadOnlyList<Type> Controllers() => [.. Assembly.GetTypes().Where(t => typeof(ControllerBase).IsAssignableFrom(t) && !t.IsAbstract)];

    public static IReadOnlyList<MethodInfo> Actions() =>
    [
        .. Controllers().SelectMany(c => c.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.GetCustomAttributes<HttpMethodAttribute>().Any()),
    ];

    public static string Name(this MethodInfo action) => $"{action.DeclaringType!.Name}.{action.Name}";

    public static bool Has<T>(this MethodInfo action)
        where T : Attribute => action.GetCustomAttribute<T>() is not null || action.DeclaringType!.GetCustomAttribute<T>() is not null;
}
