using Roundtable.Application.Common;

namespace Roundtable.Application.Pictures;

/// <summary>Adds the user's picture to the account export, its content in base64.</summary>
public sealed class UserPictureData(IPictureRepository pictures) : IAccountData
{
    public string Name => "picture";

    public async Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct) =>
        await pictures.ReadAsync(userId, ct) is { } picture
            ?
            [
                new
                {
                    picture.MediaType,
                    ChangedAt = picture.ChangedAtUtc,
                    picture.Content,
                },
            ]
            : [];
}
