using System.Runtime.CompilerServices;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;

namespace Roundtable.Application.Accounts;

/// <summary>Reads an account's data page by page, or feature by feature.</summary>
[ScopedService]
public sealed class AccountContents(IAuditRepository activity, IOutboxAdministration outbox, IEnumerable<IAccountData> features)
{
    private const int ActivityPage = 1000;

    /// <summary>Streams the user's activity, newest first, with a bounded number of entries in memory.</summary>
    public async IAsyncEnumerable<AuditEntryDto> AllActivityAsync(string userId, [EnumeratorCancellation] CancellationToken ct)
    {
        for (string? cursor = null; ; )
        {
            var page = (await activity.ListActivityAsync(userId, new PageRequest(ActivityPage, cursor), ct)).Value;
            foreach (var entry in page.Items)
            {
                yield return entry;
            }

            if ((cursor = page.NextCursor) is null)
            {
                yield break;
            }
        }
    }

    /// <summary>Lists the stored e-mails that concern the user, newest first.</summary>
    public Task<IReadOnlyList<MailRecordDto>> MailsAsync(string userId, CancellationToken ct) => outbox.ListForUserAsync(userId, ct);

    /// <summary>Returns the features' data by name.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<object>>> OfFeaturesAsync(string userId, CancellationToken ct)
    {
        var held = new SortedDictionary<string, IReadOnlyList<object>>(StringComparer.Ordinal);
        foreach (var feature in features)
        {
            held.Add(feature.Name, await feature.ReadAsync(userId, ct));
        }

        return held;
    }
}
