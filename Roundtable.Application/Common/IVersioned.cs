namespace Roundtable.Application.Common;

/// <summary>An answer that knows the version of what it shows: it stands in <c>ETag</c>, and <c>If-Match</c> asks for it.</summary>
public interface IVersioned
{
    int Version { get; }
}
