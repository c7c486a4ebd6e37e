using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Sorts paths and components and removes NSwag's version, so that a diff of two documents shows only changes of the API.
/// </summary>
internal sealed class Layout : IDocumentProcessor
{
    public void Process(DocumentProcessorContext context)
    {
        var document = context.Document;
        document.Generator = null;
        Sort(document.Paths);
        Sort(document.Components.Schemas);
        Sort(document.Components.Examples);
        Sort(document.Components.Headers);
    }

    private static void Sort<T>(IDictionary<string, T> named)
    {
        var sorted = named.OrderBy(n => n.Key, StringComparer.OrdinalIgnoreCase).ToList();
        named.Clear();
        sorted.ForEach(named.Add);
    }
}
