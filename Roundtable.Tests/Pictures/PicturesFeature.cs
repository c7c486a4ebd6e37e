using Roundtable.Tests.Support;

namespace Roundtable.Tests.Pictures;

/// <summary>Pictures in the tests of the whole application.</summary>
internal sealed class PicturesFeature : IFeature
{
    // The account is the caller's, and a picture that is set exists.
    public IReadOnlyList<string> NeverAnswered => ["OwnPictureController.Set: not_found"];

    public async Task UseAsync(Browser admin, Browser user)
    {
        (await user.UploadAsync(PictureFiles.Png)).ShouldSucceed();
        (await user.UploadAsync(PictureFiles.Jpeg, "image/jpeg")).ShouldSucceed();
        (await user.GetAsync($"/users/{user.UserId}/picture")).ShouldSucceed();
        (await user.DeleteAsync("/users/me/picture")).ShouldSucceed(204);
        (await user.UploadAsync(PictureFiles.LossyWebp, "image/webp")).ShouldSucceed();
        (await admin.DeleteAsync($"/admin/users/{user.UserId}/picture")).ShouldSucceed(204);
    }
}
