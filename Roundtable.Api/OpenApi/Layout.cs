using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>Sorts what NSwag lists in the order in which it met it, and leaves out NSwag's version, so that a change of the document shows what changed in the API.</summary>
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
