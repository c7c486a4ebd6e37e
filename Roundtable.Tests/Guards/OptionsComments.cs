using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Roundtable.Tests.Guards;

/// <summary>Reads the comments of options from the compiler's XML documentation files.</summary>
internal static partial class OptionsComments
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = [];

    /// <summary>
    /// Returns options, including those of nested sections, whose comment states no default. A section that occurs twice states its
    /// defaults where it is used.
    /// </summary>
    public static IEnumerable<PropertyInfo> WithoutDefault(Type options, bool inherited = false) =>
        Writable(options)
            .Select(p => (Property: p, Documented: inherited || Summary(p).Contains("efault", StringComparison.Ordinal)))
            .SelectMany(p =>
                SectionIn(p.Property.PropertyType) is { } section && p.Property.PropertyType == section
                    ? WithoutDefault(section, p.Documented)
                    : (p.Documented ? [] : (PropertyInfo[])[p.Property]).Concat(
                        SectionIn(p.Property.PropertyType) is { } named ? WithoutDefault(named) : []
                    )
            );

    /// <summary>Returns options whose comment states a default other than the initial value.</summary>
    public static IEnumerable<(PropertyInfo Property, string Value, string Documented)> Mismatched(object options) =>
        Writable(options.GetType())
            .SelectMany(p =>
            {
                var value = p.GetValue(options);
                if (SectionIn(p.PropertyType) is { } section)
                {
                    return Mismatched(p.PropertyType == section ? value! : Activator.CreateInstance(section)!);
                }

                var (comment, literal) = (OptionsComment.Of(p), OptionsComment.Literal(value));
                var documented = comment.Default;
                return
                    literal is null
                    || !comment.NamesDefault
                    || documented.Contains(
                        value is TimeSpan span ? OptionsComment.Human(span) : literal,
                        StringComparison.OrdinalIgnoreCase
                    )
                    ? []
                    : [(p, literal, documented)];
            });

    public static IEnumerable<PropertyInfo> Writable(Type options) => options.GetProperties().Where(p => p.CanWrite);

    /// <summary>The section type of a property, or of a dictionary's values; null for plain values.</summary>
    public static Type? SectionIn(Type type) =>
        ValueOf(type) is var value && value.IsClass && value.Namespace?.StartsWith("Roundtable", StringComparison.Ordinal) is true
            ? value
            : null;

    /// <summary>The key's suffix for a property: a list index, a name that the operator chooses, or nothing.</summary>
    public static string Suffix(Type type) =>
        ValueOf(type) != type ? ":NAME"
        : type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? ":n"
        : "";

    /// <summary>The value type of a dictionary; for any other type, the type itself.</summary>
    public static Type ValueOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? type.GetGenericArguments()[1] : type;

    /// <summary>Returns the summary as one line of Markdown.</summary>
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
