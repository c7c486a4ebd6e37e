using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Widgets;

namespace Roundtable.Application.Widgets;

/// <summary>Updates and deletes wid gets, for their owners and for admins.</summary>
[ScopedService]
public sealed class WidgetEditor(IWidgetRepository widgets, IAuditTrail audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>Errors: <c>not_found</c>, <c>validation_failed</c>, <c>stale_version</c>.</summary>
    /// <param name="ownerId">The required owner; null for any.</param>
    public Task<Result<WidgetDto>> UpdateAsync(
        string id,
        string? ownerId,
        WidgetChanges changes,
        ExpectedVersions expected,
        CancellationToken ct
    ) =>
        unitOfWork.ExecuteAsync<Result<WidgetDto>>(
            async ct =>
            {
                if (await widgets.LoadAsync(id, ownerId, ct) is not { } found)
                {
                    return WidgetErrors.NotFound(id);
                }

                if (changes.Check() is { } problem)
                {
                    return problem;
                }

                if (!expected.Allow(found.Version))
                {
                    return Errors.StaleVersion;
                }

                found.Change(changes.Name.Or(found.Name)!, changes.Description.Or(found.Description), clock.GetUtcNow().UtcDateTime);
                Note(AuditActions.WidgetUpdated, found, new { changed = changes.Names });
                return await AnswerAsync(found, ct);
            },
            ct
        );

    /// <summary>Errors: <c>not_found</c>, <c>stale_version</c>.</summary>
    /// <param name="ownerId">The required owner; null for any.</param>
    public Task<Result> DeleteAsync(string id, string? ownerId, ExpectedVersions expected, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await widgets.LoadAsync(id, ownerId, ct) is not { } found)
                {
                    return WidgetErrors.NotFound(id);
                }

                if (!expected.Allow(found.Version))
                {
                    return Errors.StaleVersion;
                }

                widgets.Remove(found);
                Note(AuditActions.WidgetDeleted, found);
                return Result.Success;
            },
            ct
        );

    /// <summary>Writes an audit entry, which the owner sees among their own activity.</summary>
    public void Note(string action, Widget about, object? details = null) =>
        audit.Record(action, new AuditTarget("widget", about.Id, about.OwnerId), details);

    /// <summary>Saves the changes, and reads the entity as the answer shows it.</summary>
    public async Task<Result<WidgetDto>> AnswerAsync(Widget changed, CancellationToken ct)
    {
        await unitOfWork.FlushAsync(ct);
        return await widgets.ReadAsync(changed.Id, changed.OwnerId, ct) is { } answer ? answer : WidgetErrors.NotFound(changed.Id);
    }
}
