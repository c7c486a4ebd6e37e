using System.Reflection;
using Namotion.Reflection;
using NJsonSchema.Generation;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>Describes each tag by all its controllers' summaries, admin tags last; NSwag uses the summary of only one.</summary>
internal sealed class Tags : IDocumentProcessor
{
    public void Process(DocumentProcessorContext context)
    {
        var xml = context.Settings.SchemaSettings.GetXmlDocsOptions();
        var open = context
            .Document.Operations.Where(o => !o.Path.Contains("/admin/", StringComparison.Ordinal))
            .SelectMany(o => o.Operation.Tags)
            .ToHashSet();
        context.Document.Tags =
        [
            .. context
                .ControllerTypes.GroupBy(c => c.GetCustomAttribute<TagsAttribute>()!.Tags[0])
                .OrderByDescending(g => open.Contains(g.Key))
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new OpenApiTag
                {
                    Name = g.Key,
                    Description = string.Join(
                        ' ',
                        g.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => c.GetXmlDocsSummary(xml)).Where(s => s.Length > 0)
                    ),
                }),
        ];
    }
}
