using System.Reflection;

namespace Roundtable.Tests.Guards;

/// <summary>Describes controller actions for guards.</summary>
internal static class ActionExtensions
{
    public static string Name(this MethodInfo action) => $"{action.DeclaringType!.Name}.{action.Name}";

    public static bool Has<T>(this MethodInfo action)
        where T : Attribute => action.GetCustomAttribute<T>() is not null || action.DeclaringType!.GetCustomAttribute<T>() is not null;
}
