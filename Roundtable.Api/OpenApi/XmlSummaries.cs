using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Roundtable.Api.OpenApi;

/// <summary>Summaries that the framework does not take: of classes, and of inherited members that are query parameters.</summary>
internal static class XmlSummaries
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(Load);

    public static string? Of(Type type) => Find($"T:{type.FullName}");

    public static string? Of(PropertyInfo property) => Find($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static string? Find(string id) => Members.Value.TryGetValue(id, out var member) && member.Element("summary") is { } summary
        ? string.Concat(summary.Nodes().Select(Text)).Trim()
        : null;

    private static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => (string?)see.Attribute("langword") ?? "",
        XElement other => other.Value,
        XText text => Regex.Replace(text.Value, "\\s+", " "),
        _ => "",
    };

    private static Dictionary<string, XElement> Load()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Roundtable.Api.xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal)
            : [];
    }
}
