using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>A version still matches after a compressing proxy has changed its entity tag.</summary>
public sealed class EntityTagTests
{
    [TestCase("\"{0}\"")]
    [TestCase("W/\"{0}\"")]
    [TestCase("\"{0}-gzip\"")]
    [TestCase("W/\"{0}-gzip\"")]
    [TestCase("\"{0}-br\"")]
    [TestCase("\"{0}--gzip\"")]
    [TestCase("\"{0};gzip\"")]
    public async Task IfMatch_AcceptsWeakAndProxyModifiedTags(string form)
    {
        using var user = await TestApp.Current.NewUserAsync();
        var version = (await user.GetAsync("/users/me")).Header("ETag").Trim('"');
        var tag = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, version);
        (await user.PatchAsync("/users/me", new { name = "First" }, ("If-Match", tag))).ShouldSucceed();
        (await user.PatchAsync("/users/me", new { name = "Second" }, ("If-Match", tag))).ShouldFail(412, "stale_version");
    }

    [TestCase("\"{0}x\"")]
    [TestCase("\"{0}-\"")]
    [TestCase("\"x{0}\"")]
    [TestCase("\"0{0}-gzip-gzip\"")]
    public async Task IfMatch_RefusesOtherTags(string form)
    {
        using var user = await TestApp.Current.NewUserAsync();
        var version = (await user.GetAsync("/users/me")).Header("ETag").Trim('"');
        var tag = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, version);
        (await user.PatchAsync("/users/me", new { name = "First" }, ("If-Match", tag))).ShouldFail(412, "stale_version");
    }
}
