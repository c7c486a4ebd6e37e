namespace Roundtable.Application.Common;

/// <summary>The resource versions that a change accepts, as listed in <c>If-Match</c>.</summary>
public sealed class ExpectedVersions
{
    /// <summary>Accepts any version.</summary>
    public static readonly ExpectedVersions Any = new(null);

    private readonly IReadOnlyCollection<int>? versions;

    private ExpectedVersions(IReadOnlyCollection<int>? versions) => this.versions = versions;

    /// <summary>Accepts any of these versions; none if empty.</summary>
    public static ExpectedVersions OneOf(IReadOnlyCollection<int> versions) => new(versions);

    public bool Allow(int version) => versions?.Contains(version) ?? true;
}
