namespace Roundtable.Application.Common;

/// <summary>A response that carries its resource's version, for <c>ETag</c> and <c>If-Match</c>.</summary>
public interface IVersioned
{
    int Version { get; }
}
