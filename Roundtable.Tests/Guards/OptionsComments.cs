using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Roundtable.Tests.Guards;

/// <summary>What the comments of options say, out of the files that the compiler makes of them.</summary>
internal static partial class OptionsComments
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = [];

    /// <summary>
    /// Options, and the sections within them, whose comment names no default. A section that occurs twice says its defaults where it
    /// stands.
    /// </summary>
    public static IEnumerable<PropertyInfo> WithoutDefault(Type options, bool told = false) =>
        Writable(options)
            .Select(p => (Property: p, Told: told || Summary(p).Contains("efault", StringComparison.Ordinal)))
            .SelectMany(p =>
                SectionIn(p.Property.PropertyType) is { } section && p.Property.PropertyType == section
                    ? WithoutDefault(section, p.Told)
                    : (p.Told ? [] : (PropertyInfo[])[p.Property]).Concat(
                        SectionIn(p.Property.PropertyType) is { } named ? WithoutDefault(named) : []
                    )
            );

    /// <summary>Options whose comment names another default than the value that they begin with.</summary>
    public static IEnumerable<(PropertyInfo Property, string Value, string Said)> Untrue(object options) =>
        Writable(options.GetType())
            .SelectMany(p =>
            {
                var value = p.GetValue(options);
                if (SectionIn(p.PropertyType) is { } section)
                {
                    return Untrue(p.PropertyType == section ? value! : Activator.CreateInstance(section)!);
                }

                var (comment, literal) = (OptionsComment.Of(p), OptionsComment.Literal(value));
                var said = comment.Default;
                return
                    literal is null
                    || !comment.NamesDefault
                    || said.Contains(value is TimeSpan span ? OptionsComment.Human(span) : literal, StringComparison.OrdinalIgnoreCase)
                    ? []
                    : [(p, literal, said)];
            });

    public static IEnumerable<PropertyInfo> Writable(Type options) => options.GetProperties().Where(p => p.CanWrite);

    /// <summary>The section that a property is, or that stands under each name in it; null for values.</summary>
    public static Type? SectionIn(Type type) =>
        ValueOf(type) is var value && value.IsClass && value.Namespace?.StartsWith("Roundtable", StringComparison.Ordinal) is true
            ? value
            : null;

    /// <summary>What follows a property in the key: a number, a name of whoever sets it, or nothing.</summary>
    public static string Suffix(Type type) =>
        ValueOf(type) != type ? ":NAME"
        : type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? ":n"
        : "";

    /// <summary>What stands under each name of a dictionary; of anything else the type itself.</summary>
    public static Type ValueOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? type.GetGenericArguments()[1] : type;

    /// <summary>The summary on one line, in Markdown.</summary>
    public static string Summary(MemberInfo member)
    {
        var (type, id) = member is Type t
            ? (t, $"T:{t.FullName!.Replace('+', '.')}")
            : (member.DeclaringType!, $"P:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}");
        return Files.GetOrAdd(type.Assembly, Load).GetValueOrDefault(id)?.Element("summary") is { } summary
            ? Space().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim()
            : "";
    }

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see =>
                $"`{((string?)see.Attribute("cref"))?.Split('.')[^1] ?? (string?)see.Attribute("langword")}`",
            XElement other => other.Value,
            _ => "",
        };

    private static Dictionary<string, XElement> Load(Assembly assembly) =>
        XDocument
            .Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal);

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
