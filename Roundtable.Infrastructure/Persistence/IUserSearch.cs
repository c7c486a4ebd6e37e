namespace Roundtable.Infrastructure.Persistence;

/// <summary>Finds users by a piece of their address or name without reading all of them.</summary>
internal interface IUserSearch
{
    /// <summary>
    /// The ids of all users that can match, a few that do not among them; null when there are so many that reading in the list's
    /// order meets them soon, or when the index cannot tell.
    /// </summary>
    /// <param name="part">The piece, in capitals as the normalised columns are.</param>
    Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct);

    /// <summary>Takes in who changed since the last time, in transactions so short that nobody waits noticeably for one.</summary>
    Task IndexAsync(CancellationToken ct);
}

/// <summary>For databases without such an index: the narrow index of addresses and names is read in the list's order.</summary>
internal sealed class NoUserSearch : IUserSearch
{
    public Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>?>(null);

    public Task IndexAsync(CancellationToken ct) => Task.CompletedTask;
}
