namespace Roundtable.Application.Common;

/// <summary>The versions of a resource that a change may be made to: what <c>If-Match</c> lists.</summary>
public sealed class ExpectedVersions
{
    /// <summary>Whatever the version is.</summary>
    public static readonly ExpectedVersions Any = new(null);

    private readonly IReadOnlyCollection<int>? versions;

    private ExpectedVersions(IReadOnlyCollection<int>? versions) => this.versions = versions;

    /// <summary>One of these; of none, no version is expected.</summary>
    public static ExpectedVersions OneOf(IReadOnlyCollection<int> versions) => new(versions);

    public bool Allow(int version) => versions?.Contains(version) ?? true;
}
