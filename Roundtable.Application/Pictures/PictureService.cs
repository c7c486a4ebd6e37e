using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Pictures;

/// <summary>Lets users change their own picture.</summary>
[ScopedService]
public sealed class PictureService(IUserRepository users, IUserReader reader, PictureEditor editor, IUnitOfWork unitOfWork)
{
    /// <summary>Errors: <c>validation_failed</c>, <c>stale_version</c>.</summary>
    public async Task<Result<UserDto>> SetAsync(
        Caller caller,
        string mediaType,
        ReadOnlyMemory<byte> file,
        ExpectedVersions expected,
        CancellationToken ct
    )
    {
        var content = PictureFile.Clean(mediaType, file.Span);
        if (content.Failed)
        {
            return content.Error!;
        }

        var saved = await ChangeAsync(
            caller,
            expected,
            async (user, ct) =>
            {
                await editor.SetAsync(user, mediaType, content.Value, ct);
                return Result.Success;
            },
            ct
        );
        return saved.Failed ? saved.Error!
            : await reader.ReadAsync(caller.PrincipalId, ct) is { } account ? account
            : UserErrors.NotFound(caller.PrincipalId);
    }

    /// <summary>Errors: <c>not_found</c>, <c>stale_version</c>.</summary>
    public Task<Result> RemoveAsync(Caller caller, ExpectedVersions expected, CancellationToken ct) =>
        ChangeAsync(caller, expected, editor.RemoveAsync, ct);

    private Task<Result> ChangeAsync(
        Caller caller,
        ExpectedVersions expected,
        Func<User, CancellationToken, Task<Result>> change,
        CancellationToken ct
    ) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
                await users.LoadAsync(caller.PrincipalId, ct) is not { } user ? UserErrors.NotFound(caller.PrincipalId)
                : !expected.Allow(user.Version) ? Errors.StaleVersion
                : await change(user, ct),
            ct
        );
}
