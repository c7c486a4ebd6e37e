using Roundtable.Application.Common;
using Roundtable.Application.Users;

namespace Roundtable.Application.Widgets;

/// <summary>Operations on all users' wid gets, for holders of the permissions.</summary>
[ScopedService]
public sealed class WidgetAdminService(IWidgetRepository widgets, WidgetEditor editor, IUserRepository users)
{
    /// <summary>Errors: <c>validation_failed</c> for an owner who does not exist, <c>invalid_cursor</c>.</summary>
    /// <param name="ownerId">The owner; null for all users.</param>
    public async Task<Result<Page<WidgetDto>>> ListAsync(string? ownerId, WidgetOrder order, PageRequest page, CancellationToken ct)
    {
        if (ownerId is not null && !await users.ExistsAsync(ownerId, ct))
        {
            return Errors.Invalid("owner", new FieldError("not_found", "There is no such user."));
        }

        return await widgets.ListAsync(ownerId, order, page, ct);
    }

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<WidgetDto>> GetAsync(string id, CancellationToken ct) =>
        await widgets.ReadAsync(id, null, ct) is { } found ? found : WidgetErrors.NotFound(id);

    /// <summary>Errors: <c>not_found</c>, <c>validation_failed</c>, <c>stale_version</c>.</summary>
    public Task<Result<WidgetDto>> UpdateAsync(string id, WidgetChanges changes, ExpectedVersions expected, CancellationToken ct) =>
        editor.UpdateAsync(id, null, changes, expected, ct);

    /// <summary>Errors: <c>not_found</c>, <c>stale_version</c>.</summary>
    public Task<Result> DeleteAsync(string id, ExpectedVersions expected, CancellationToken ct) =>
        editor.DeleteAsync(id, null, expected, ct);
}
