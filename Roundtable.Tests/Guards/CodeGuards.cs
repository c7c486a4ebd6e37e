using System.Reflection;
using Roundtable.Api.Startup;
using Roundtable.Application.Common;

namespace Roundtable.Tests.Guards;

/// <summary>How types are declared, layer by layer.</summary>
internal static class CodeGuards
{
    private const int MostDependencies = 6;

    public static IEnumerable<string> ClassesAreSealed(Subject subject) =>
        subject.ExceptListed(
            subject
                .Types.Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !t.IsSubclassOf(typeof(Delegate)))
                .Select(t => t.Name),
            name => $"{name} is not sealed: seal it, or list it in CodeRulesTests.Unsealed with the reason."
        );

    public static IEnumerable<string> TimesEndInUtc(Subject subject) =>
        subject
            .Domain.SelectMany(t => t.GetProperties())
            .Where(p => IsOf<DateTime>(p) && !p.Name.EndsWith("Utc", StringComparison.Ordinal))
            .Select(p => $"{Name(p)} does not name its time zone: times are UTC, so name it {p.Name}Utc.");

    public static IEnumerable<string> TimesAreDateTimes(Subject subject) =>
        subject
            .Domain.SelectMany(t => t.GetProperties())
            .Where(p => IsOf<DateTimeOffset>(p) && !IsIdentityType(p.GetMethod!.GetBaseDefinition().DeclaringType))
            .Select(p => $"{Name(p)} is a DateTimeOffset, which SQLite can neither filter nor sort: make it a DateTime in UTC.");

    public static IEnumerable<string> EntitiesHavePrivateSetters(Subject subject) =>
        subject
            .Domain.Where(t => (t.GetConstructors().Length == 0 || IsIdentityType(t.BaseType)) && t is { IsClass: true, IsAbstract: false })
            .SelectMany(t => t.GetProperties())
            .Where(p => p.SetMethod is { IsPublic: true } && !IsIdentityType(p.SetMethod.GetBaseDefinition().DeclaringType))
            .Select(p =>
                $"{Name(p)} has a public setter: make it private and give {p.DeclaringType!.Name} a method that "
                + "names the change and enforces its rules."
            );

    public static IEnumerable<string> CancellationTokensStandLast(Subject subject) =>
        Methods(subject.Application)
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken)))
            .Where(m =>
                m.GetParameters().Last(p => !IsParams(p)) is not { Name: "ct" } last || last.ParameterType != typeof(CancellationToken)
            )
            .Select(m => $"{Name(m)} has its cancellation token in an unusual place: make it the last parameter, named ct.");

    public static IEnumerable<string> AsynchronousWorkCanBeCancelled(Subject subject) =>
        subject.ExceptListed(
            Methods(subject.Application)
                .Where(m =>
                    m.Name.EndsWith("Async", StringComparison.Ordinal)
                    && m.GetParameters().All(p => p.ParameterType != typeof(CancellationToken))
                )
                .Select(Name),
            name => $"{name} cannot be cancelled: add 'CancellationToken ct' as the last parameter and pass it on."
        );

    /// <summary>What the constructor of a framework's base class requires does not count.</summary>
    public static IEnumerable<string> ClassesHaveFewDependencies(Subject subject) =>
        subject
            .Types.Where(t => t is { IsClass: true, IsAbstract: false } && t.GetMethod("<Clone>$") is null)
            .Select(t => (t.Name, Count: Parameters(t) - (IsOurs(t.BaseType) ? 0 : Parameters(t.BaseType!))))
            .Where(t => t.Count > MostDependencies)
            .Select(t =>
                $"{t.Name} has {t.Count} dependencies, at most {MostDependencies} are allowed: move a responsibility to its own class."
            );

    public static IEnumerable<string> PortsAreImplemented(Subject subject) =>
        subject
            .Application.Where(t => t.IsInterface && t.Name.EndsWith("Repository", StringComparison.Ordinal))
            .Where(port => !subject.Infrastructure.Any(t => t.IsClass && port.IsAssignableFrom(t)))
            .Select(port =>
                $"No class implements {port.Name}: add a repository to "
                + "Roundtable.Infrastructure/Persistence/Repositories and register it."
            );

    public static IEnumerable<string> ServicesAreRegistered(Subject subject) =>
        subject.ExceptListed(ClassesThatTakePorts(subject).Where(t => subject.Registered?.Invoke(t) is false).Select(t => t.Name), name =>
            $"{name} takes ports and is not registered: add [ScopedService], or list it in "
            + "RegistrationTests.NotServices if it is created explicitly."
        );

    public static IEnumerable<string> ControllerDependenciesAreRegistered(Subject subject) =>
        subject
            .Controllers.SelectMany(c => c.GetConstructors())
            .SelectMany(c => c.GetParameters())
            .Where(p => subject.Registered?.Invoke(p.ParameterType) is false)
            .Select(p =>
                $"{p.Member.DeclaringType!.Name} depends on {p.ParameterType.Name}, which is not registered: add [ScopedService] to it."
            );

    public static IEnumerable<string> OptionsDocumentTheirDefaults(Subject subject) =>
        Options(subject)
            .SelectMany(o => OptionsComments.WithoutDefault(o))
            .Select(p => $"{Name(p)} does not document its default: end its summary with 'Default: ….' for docs/configuration.md.");

    public static IEnumerable<string> OptionDefaultsMatchComments(Subject subject) =>
        Options(subject)
            .SelectMany(o => OptionsComments.Mismatched(Activator.CreateInstance(o)!))
            .Select(p =>
                $"{Name(p.Property)} is initially {p.Value}, but its comment states 'Default: {p.Documented}.': correct one of them."
            );

    // Otherwise --Section:Key=value is refused as an unknown argument.
    public static IEnumerable<string> OptionsCanBeSetOnTheCommandLine(Subject subject) =>
        Options(subject)
            .Where(o => !IsKnown(SectionOf(o)))
            .Select(o =>
                $"The section {SectionOf(o)} of {o.Name} cannot be set on the command line: add its first part to CommandLine.Sections."
            );

    internal static IEnumerable<Type> ClassesThatTakePorts(Subject subject) =>
        subject.Application.Where(t =>
            t is { IsClass: true, IsAbstract: false }
            && (t.IsPublic || t.IsNestedPublic)
            && t.GetConstructors()
                .SelectMany(c => c.GetParameters())
                .Any(p => p.ParameterType.IsInterface && p.ParameterType.Assembly == typeof(IUnitOfWork).Assembly)
        );

    internal static IEnumerable<Type> Options(Subject subject) => subject.Types.Where(t => t.GetField("SectionName") is not null);

    internal static string SectionOf(Type options) => (string)options.GetField("SectionName")!.GetRawConstantValue()!;

    private static int Parameters(Type type) =>
        type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Select(c => c.GetParameters().Length)
            .DefaultIfEmpty()
            .Max();

    private static bool IsOurs(Type? type) => type is null || type.Namespace?.StartsWith("Roundtable.", StringComparison.Ordinal) is true;

    private static bool IsKnown(string section)
    {
        try
        {
            return CommandLine.Parse([$"--{section}:Key=value"]).Settings.Length == 1;
        }
        catch (UsageException)
        {
            return false;
        }
    }

    private static IEnumerable<MethodInfo> Methods(IEnumerable<Type> types) =>
        types
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => !m.IsSpecialName);

    private static bool IsOf<T>(PropertyInfo property) =>
        (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(T);

    // Identity defines the members of its own types.
    private static bool IsIdentityType(Type? type) => type?.Namespace == "Microsoft.AspNetCore.Identity";

    private static bool IsParams(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute))
        || parameter.IsDefined(typeof(System.Runtime.CompilerServices.ParamCollectionAttribute));

    private static string Name(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";
}
