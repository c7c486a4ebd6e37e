namespace Roundtable.Infrastructure.Persistence.Search;

/// <summary>Finds users by part of their address or name without reading all users.</summary>
internal interface IUserSearch
{
    /// <summary>
    /// Up to this many candidates are looked up one by one. With more, every few hundredth user matches, even among a million.
    /// </summary>
    const int MaxCandidates = 2000;

    /// <summary>
    /// The ids of all users that can match, including a few that do not; null if there are so many that reading in the list's order finds
    /// them soon, or if the index cannot tell.
    /// </summary>
    /// <param name="part">The text to find, folded as the normalised columns are.</param>
    Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct);

    /// <summary>Indexes the users that changed since the last call, in transactions too short to delay other writers noticeably.</summary>
    Task IndexAsync(CancellationToken ct);
}
