namespace Roundtable.Infrastructure.Persistence.Search;

/// <summary>Finds users by a piece of their address or name without reading all of them.</summary>
internal interface IUserSearch
{
    /// <summary>
    /// Up to so many are looked up one by one; where there are more, every few hundredth user matches, also among a million.
    /// </summary>
    const int MaxCandidates = 2000;

    /// <summary>
    /// The ids of all users that can match, a few that do not among them; null when there are so many that reading in the list's
    /// order meets them soon, or when the index cannot tell.
    /// </summary>
    /// <param name="part">The text to find, folded as the normalised columns are.</param>
    Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct);

    /// <summary>Takes in who changed since the last time, in transactions so short that nobody waits noticeably for one.</summary>
    Task IndexAsync(CancellationToken ct);
}
