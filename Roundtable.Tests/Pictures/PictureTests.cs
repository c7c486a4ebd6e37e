using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Pictures;

/// <summary>Users upload a picture, and everybody who may see their profile sees it.</summary>
public sealed class PictureTests
{
    private const string Own = "/users/me/picture";

    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Upload_ShowsThePicture_ToEveryUser()
    {
        using var user = await App.NewUserAsync();
        using var other = await App.NewUserAsync();
        var before = (await user.GetAsync("/users/me")).ShouldSucceed();
        Assert.That(before.Data["picture"], Is.Null);

        var saved = (await user.UploadAsync(PictureFiles.Png)).ShouldSucceed();
        var url = Url(saved)!;
        Assert.Multiple(() =>
        {
            Assert.That(url, Does.StartWith($"/api/v1/users/{user.UserId}/picture?v="));
            Assert.That(saved.Header("ETag"), Is.Not.EqualTo(before.Header("ETag")));
            Assert.That(saved.Data["image"], Is.Null);
        });
        Assert.That(Url(await other.GetAsync($"/users/{user.UserId}")), Is.EqualTo(url));
        using var admin = await App.NewAdminAsync();
        Assert.That(Url(await admin.GetAsync($"/admin/users/{user.UserId}")), Is.EqualTo(url));
        Assert.That(await BytesAsync(other, url), Is.EqualTo(PictureFiles.Png));
        using var stranger = App.NewBrowser();
        (await stranger.GetAsync(url)).ShouldFail(401, "unauthenticated");
    }

    [Test]
    [Category("threat-65")]
    public async Task Picture_RunsNothing_AndIsKeptByItsVersionOnly()
    {
        using var user = await App.NewUserAsync();
        var url = Url(await user.UploadAsync(PictureFiles.Jpeg, "image/jpeg"))!;
        var picture = (await user.GetAsync(url)).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(picture.Header("Content-Type"), Is.EqualTo("image/jpeg"));
            Assert.That(picture.Header("Content-Disposition"), Is.EqualTo("inline; filename=\"picture.jpeg\""));
            Assert.That(picture.Header("Content-Security-Policy"), Is.EqualTo("default-src 'none'; sandbox"));
            Assert.That(picture.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(picture.Header("Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"));
            Assert.That(picture.Header("Cache-Control"), Does.Contain("private").And.Contain("immutable"));
        });
        foreach (var other in (string[])[url.Split('?')[0], url[..^1] + "x"])
        {
            var current = (await user.GetAsync(other)).ShouldSucceed();
            Assert.That(current.Header("Cache-Control"), Does.Contain("private").And.Contain("no-cache"));
        }

        Assert.That((await user.GetAsync(url, ("If-None-Match", picture.Header("ETag")))).Status, Is.EqualTo(304));
        (await user.GetAsync($"{url}&w=1")).ShouldFail(400, "validation_failed");
        (await user.SendAsync(HttpMethod.Head, url)).ShouldSucceed();
    }

    [Test]
    public async Task Replaced_HasAnotherAddress_AndRemovedNone()
    {
        using var user = await App.NewUserAsync();
        var first = Url(await user.UploadAsync(PictureFiles.Png))!;
        var second = Url(await user.UploadAsync(PictureFiles.LossyWebp, "image/webp"))!;
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(await BytesAsync(user, second), Is.EqualTo(PictureFiles.LossyWebp));
        (await user.DeleteAsync(Own)).ShouldSucceed(204);
        Assert.That((await user.GetAsync("/users/me")).Data["picture"], Is.Null);
        (await user.GetAsync(second)).ShouldFail(404, "not_found");
        (await user.DeleteAsync(Own)).ShouldFail(404, "not_found");
        (await user.GetAsync($"/users/{new string('0', 32)}/picture")).ShouldFail(404, "not_found");
    }

    [Test]
    [Category("threat-65")]
    public async Task Upload_RefusesOtherFiles_AndChangesNothing()
    {
        using var user = await App.NewUserAsync();
        var url = Url(await user.UploadAsync(PictureFiles.Png));
        var refused = (await user.UploadAsync(PictureFiles.Png, "image/jpeg")).ShouldFail(400, "validation_failed");
        Assert.That((string?)refused.Json["reasons"]!["body"]![0]!["code"], Is.EqualTo("other_type"));
        refused = (await user.UploadAsync(PictureFiles.PngOf(2000, 2000))).ShouldFail(400, "validation_failed");
        Assert.That((int?)refused.Json["reasons"]!["body"]![0]!["max"], Is.EqualTo(1024));
        (await user.UploadAsync("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray())).ShouldFail(400, "validation_failed");
        (await user.UploadAsync([])).ShouldFail(400, "validation_failed");
        (await user.UploadAsync(PictureFiles.TooLong.Value)).ShouldFail(413, "payload_too_large");
        foreach (var type in (string[])["image/svg+xml", "image/gif", "text/html", "application/octet-stream", "multipart/form-data"])
        {
            (await user.UploadAsync(PictureFiles.Png, type)).ShouldFail(415, "unsupported_media_type");
        }

        Assert.That(Url(await user.GetAsync("/users/me")), Is.EqualTo(url));
    }

    [Test]
    public async Task Changes_HonourIfMatch_AndOneOfManyUploadsOfAVersionSucceeds()
    {
        using var user = await App.NewUserAsync();
        var tag = (await user.GetAsync("/users/me")).Header("ETag");
        byte[][] files = [PictureFiles.PngOf(8, 7), PictureFiles.PngOf(8, 8), PictureFiles.PngOf(8, 9), PictureFiles.PngOf(8, 10)];
        var answers = await Task.WhenAll(files.Select(f => user.UploadAsync(f, "image/png", ("If-Match", tag))));
        Assert.That(answers.Select(a => a.Status).Order(), Is.EqualTo(new[] { 200, 412, 412, 412 }));
        (await user.DeleteAsync(Own, ("If-Match", tag))).ShouldFail(412, "stale_version");

        answers = await Task.WhenAll(files.Select(f => user.UploadAsync(f)));
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(200));
        var url = Url(await user.GetAsync("/users/me"))!;
        Assert.That(files, Does.Contain(await BytesAsync(user, url)));
        Assert.That((await user.GetAsync(url)).Header("Cache-Control"), Does.Contain("immutable"), "address and content differ");
    }

    [Test]
    public async Task Admin_RemovesPictures_OfThoseOfLowerRank()
    {
        using var user = await App.NewUserAsync();
        using var boss = await App.NewAdminAsync();
        (await user.UploadAsync(PictureFiles.Png)).ShouldSucceed();
        (await boss.UploadAsync(PictureFiles.Png)).ShouldSucceed();
        using var editor = await App.NewStaffAsync(Permissions.UsersUpdate);
        using var reader = await App.NewStaffAsync(Permissions.UsersRead);
        (await reader.DeleteAsync($"/admin/users/{user.UserId}/picture")).ShouldFail(403, "forbidden");
        (await editor.DeleteAsync($"/admin/users/{boss.UserId}/picture")).ShouldFail(403, "forbidden");
        (await editor.DeleteAsync($"/admin/users/{user.UserId}/picture", ("If-Match", "\"1\""))).ShouldFail(412, "stale_version");
        (await editor.DeleteAsync($"/admin/users/{user.UserId}/picture")).ShouldSucceed(204);
        (await editor.DeleteAsync($"/admin/users/{user.UserId}/picture")).ShouldFail(404, "not_found");
        Assert.That((await user.GetAsync("/users/me")).Data["picture"], Is.Null);
        Assert.That(Url(await boss.GetAsync("/users/me")), Is.Not.Null);
    }

    [Test]
    public async Task Changes_AreRecorded_WithWhoMadeThem()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        (await user.UploadAsync(PictureFiles.Png)).ShouldSucceed();
        (await admin.DeleteAsync($"/admin/users/{user.UserId}/picture")).ShouldSucceed(204);
        var log = (await admin.GetAsync($"/admin/audit-log?target={user.UserId}&action=user.updated")).ShouldSucceed().Items;
        Assert.That(log.Select(e => (string?)e["actor"]!["id"]), Is.EqualTo(new[] { admin.UserId, user.UserId }));
        Assert.That(log.Select(e => (string?)e["details"]!["changed"]![0]), Is.All.EqualTo("picture"));
    }

    [Test]
    public async Task ImpersonatingAdmin_MayChangeThePicture_OnRecord()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        await admin.ActAsAsync(user.UserId);
        (await admin.UploadAsync(PictureFiles.Png)).ShouldSucceed();
        using var auditor = await App.NewAdminAsync();
        var entry = (await auditor.GetAsync($"/admin/audit-log?target={user.UserId}&action=user.updated")).Items[0];
        Assert.That((string?)entry["onBehalfOf"]!["id"], Is.EqualTo(user.UserId));
    }

    [Test]
    public async Task ApiKeys_NeedTheScopesOfTheProfile()
    {
        using var user = await App.NewUserAsync();
        var (read, write) = (await user.NewKeyAsync("me:read"), await user.NewKeyAsync("me:write"));
        (await SendAsync(read)).ShouldFail(403, "forbidden");
        var url = Url((await SendAsync(write)).ShouldSucceed())!;
        (await App.GetAsync(read.Secret, url)).ShouldSucceed();
        (await App.GetAsync(write.Secret, url)).ShouldFail(403, "forbidden");
        using var other = await App.NewUserAsync();
        (await App.GetAsync((await other.NewKeyAsync("me:read")).Secret, url)).ShouldFail(403, "forbidden");

        Task<Answer> SendAsync(Key key) => App.SendAsync(key.Secret, HttpMethod.Put, Own, Wire.Body(PictureFiles.Png, "image/png"));
    }

    [Test]
    public async Task Picture_IsInTheExport_AndGoesWithTheAccount()
    {
        using var user = await App.NewUserAsync();
        (await user.UploadAsync(PictureFiles.Png)).ShouldSucceed();
        var exported = (await user.GetAsync("/users/me/export")).ShouldSucceed().Data["features"]!["picture"]!.AsArray().Single()!;
        Assert.That((string?)exported["mediaType"], Is.EqualTo("image/png"));
        Assert.That(Convert.FromBase64String((string)exported["content"]!), Is.EqualTo(PictureFiles.Png));
        (await user.DeleteAsync("/users/me")).ShouldSucceed(204);
        Assert.That(await App.InspectAsync(db => Task.FromResult(db.UserPictures.Count(p => p.UserId == user.UserId))), Is.Zero);
    }

    [Test]
    public async Task Uploads_AreLimited_AndPicturesHaveThePublicPath()
    {
        await using var app = TestApp.StartAtPublicUrl(
            ("RateLimiting:Enabled", "true"),
            ("RateLimiting:Upload:Permits", "2"),
            ("RateLimiting:Upload:Window", "01:00:00")
        );
        using var user = await app.NewUserAsync();
        (await user.UploadAsync(PictureFiles.Png)).ShouldSucceed();
        (await user.UploadAsync(PictureFiles.Jpeg)).ShouldFail(400, "validation_failed");
        (await user.UploadAsync(PictureFiles.Png)).ShouldFail(429, "rate_limited");
        (await user.DeleteAsync(Own)).ShouldSucceed(204);
    }

    private static string? Url(Answer answer) => (string?)answer.Data["picture"]?["url"];

    private static async Task<byte[]> BytesAsync(Browser browser, string url)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(App.BaseAddress, url));
        request.Headers.Add("Cookie", $"roundtable.session={browser.SessionCookie}");
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
