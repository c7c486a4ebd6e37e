using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Widgets;

namespace Roundtable.Application.Widgets;

/// <summary>Operations of users on their own wid gets.</summary>
[ScopedService]
public sealed class WidgetService(
    IWidgetRepository widgets,
    WidgetEditor editor,
    IUserRepository users,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Errors: <c>invalid_cursor</c>.</summary>
    public Task<Result<Page<WidgetDto>>> ListAsync(CurrentSession caller, WidgetOrder order, PageRequest page, CancellationToken ct) =>
        widgets.ListAsync(caller.UserId, order, page, ct);

    /// <summary>Errors: <c>not_found</c>, also for those of other users.</summary>
    public async Task<Result<WidgetDto>> GetAsync(CurrentSession caller, string id, CancellationToken ct) =>
        await widgets.ReadAsync(id, caller.UserId, ct) is { } found ? found : WidgetErrors.NotFound(id);

    /// <summary>Errors: <c>validation_failed</c>.</summary>
    public Task<Result<WidgetDto>> CreateAsync(CurrentSession caller, WidgetDraft draft, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<WidgetDto>>(
            async ct =>
            {
                // The account may have been deleted since the request came in.
                if (!await users.ExistsAsync(caller.UserId, ct))
                {
                    return Errors.Unauthenticated;
                }

                if (draft.Check() is { } problem)
                {
                    return problem;
                }

                var made = Widget.Create(caller.UserId, draft.Name, draft.Description, clock.GetUtcNow().UtcDateTime);
                widgets.Add(made);
                editor.Note(AuditActions.WidgetCreated, made);
                return await editor.AnswerAsync(made, ct);
            },
            ct
        );

    /// <summary>Errors: <c>not_found</c>, also for those of other users, <c>validation_failed</c>, <c>stale_version</c>.</summary>
    public Task<Result<WidgetDto>> UpdateAsync(
        CurrentSession caller,
        string id,
        WidgetChanges changes,
        ExpectedVersions expected,
        CancellationToken ct
    ) => editor.UpdateAsync(id, caller.UserId, changes, expected, ct);

    /// <summary>Errors: <c>not_found</c>, also for those of other users, <c>stale_version</c>.</summary>
    public Task<Result> DeleteAsync(CurrentSession caller, string id, ExpectedVersions expected, CancellationToken ct) =>
        editor.DeleteAsync(id, caller.UserId, expected, ct);
}
