using Roundtable.Domain.Users;

namespace Roundtable.Application.Pictures;

/// <summary>Stores uploaded pictures.</summary>
public interface IPictureRepository
{
    Task<UserPicture?> ReadAsync(string userId, CancellationToken ct);

    /// <param name="picture">Null removes the picture.</param>
    Task ReplaceAsync(string userId, UserPicture? picture, CancellationToken ct);
}
