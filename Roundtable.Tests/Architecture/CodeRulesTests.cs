using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AutoMapper;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>Habits that reviewers should not have to look for.</summary>
public sealed partial class CodeRulesTests
{
    private const int LongestFile = 250;
    private const int LongestFixture = 350;

    private static readonly Assembly[] Products =
    [
        typeof(Roundtable.Domain.Users.User).Assembly, typeof(Roundtable.Application.DependencyInjection).Assembly,
        typeof(Roundtable.Infrastructure.DependencyInjection).Assembly, typeof(Program).Assembly,
    ];

    // Open for a reason: Result is the base of Result<T>, the requests of each list's own parameters.
    private static readonly string[] Open = ["Result", "ListRequest", "UserFilterRequest", "AuditFilterRequest"];

    [Test]
    public void Classes_AreSealed()
    {
        var open = Types().Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !t.IsSubclassOf(typeof(Delegate))).Select(t => t.Name);
        Assert.That(open, Is.EquivalentTo(Open));
    }

    [Test]
    public void Times_EndInUtc_InEntities()
    {
        var wrong = Products[0].GetTypes().SelectMany(t => t.GetProperties())
            .Where(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) == typeof(DateTime) && !p.Name.EndsWith("Utc", StringComparison.Ordinal))
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}");
        Assert.That(wrong, Is.Empty);
        Assert.That(Products[0].GetTypes().SelectMany(t => t.GetProperties()).Where(p => p.PropertyType == typeof(DateTimeOffset)), Is.Empty);
    }

    [Test]
    public void Entities_HavePrivateSetters()
    {
        var open = Products[0].GetTypes().Where(t => t.GetConstructors().Length == 0 && t is { IsClass: true, IsAbstract: false })
            .SelectMany(t => t.GetProperties())
            .Where(p => p.SetMethod is { IsPublic: true })
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}");
        Assert.That(open, Is.Empty);
    }

    [Test]
    public void Options_HaveASectionAndTellTheirDefaults()
    {
        var options = Types().Where(t => t.GetField("SectionName") is not null).ToList();
        Assert.That(options, Has.Count.GreaterThanOrEqualTo(5));
        var undocumented = options.SelectMany(o => WithoutDefault(o, false)).Select(p => $"{p.DeclaringType!.FullName}.{p.Name}");
        Assert.That(undocumented, Is.Empty, "Their comments do not name the default");
    }

    [Test]
    public void Mapping_IsComplete() => TestApp.Current.Services.GetRequiredService<IConfigurationProvider>().AssertConfigurationIsValid();

    [Test]
    public void Files_AreShort()
    {
        // Fixtures are tables of cases: they may be longer than what is read to be changed.
        var tooLong = Repository.ProductFiles().Select(f => (File: f, Limit: LongestFile))
            .Concat(Repository.FilesOf("Roundtable.Tests").Select(f => (File: f, Limit: LongestFixture)))
            .Select(f => (File: Path.GetRelativePath(Repository.Root, f.File), Lines: File.ReadLines(f.File).Count(), f.Limit))
            .Where(f => f.Lines > f.Limit)
            .Select(f => $"{f.File}: {f.Lines}");
        Assert.That(tooLong, Is.Empty);
    }

    // The clock is injected, so that tests can move it; ids and secrets come from where they are made on purpose.
    [Test]
    public void Time_IsNeverReadFromTheSystem()
    {
        var guilty = Repository.ProductFiles().Where(f => SystemClock().IsMatch(File.ReadAllText(f))).Select(Path.GetFileName);
        Assert.That(guilty, Is.Empty);
    }

    [Test]
    public void CancellationTokens_StandLastAndAreCalledCt_InApplication()
    {
        var wrong = Products[1].GetTypes().Where(IsOurs).SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken)))
            .Where(m => m.GetParameters().Last(p => !IsParams(p)) is not { Name: "ct" } last || last.ParameterType != typeof(CancellationToken))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}");
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Ports_AreImplementedOutside() => Assert.That(
        Products[1].GetTypes().Where(t => t.IsInterface && t.Name.EndsWith("Repository", StringComparison.Ordinal)).Where(port => !Products[2].GetTypes().Any(t => t is { IsClass: true } && port.IsAssignableFrom(t))),
        Is.Empty);

    private static bool IsParams(ParameterInfo parameter) => parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));

    private static IEnumerable<Type> Types() => Products.SelectMany(a => a.GetTypes()).Where(IsOurs);

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("Roundtable", StringComparison.Ordinal) is true
        && !type.Namespace.EndsWith("Migrations", StringComparison.Ordinal)
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && type.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) is not true;

    // A section that occurs twice says its defaults where it stands.
    private static IEnumerable<PropertyInfo> WithoutDefault(Type options, bool told) => options.GetProperties()
        .Where(p => p.CanWrite)
        .Select(p => (Property: p, Told: told || Summary(p).Contains("efault", StringComparison.Ordinal)))
        .SelectMany(p => IsSection(p.Property.PropertyType) ? WithoutDefault(p.Property.PropertyType, p.Told) : p.Told ? [] : [p.Property]);

    private static bool IsSection(Type type) => type.IsClass && type.Namespace?.StartsWith("Roundtable", StringComparison.Ordinal) is true;

    private static string Summary(PropertyInfo property)
    {
        var file = Path.ChangeExtension(property.DeclaringType!.Assembly.Location, ".xml");
        var name = $"P:{property.DeclaringType.FullName!.Replace('+', '.')}.{property.Name}";
        return XDocument.Load(file).Descendants("member").SingleOrDefault(m => (string?)m.Attribute("name") == name)?.Value ?? "";
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex SystemClock();
}
