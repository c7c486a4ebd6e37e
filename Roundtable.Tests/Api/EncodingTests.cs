using System.Text;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Bytes that are not UTF-8 are rejected wherever text is read, and the error says what to do.</summary>
public sealed class EncodingTests
{
    private static readonly byte[][] Broken =
    [
        [0xFC],
        [0xC3],
        [0xC3, 0x28],
        [0xED, 0xA0, 0x80],
        [0xC0, 0xAF],
        [0xF5, 0x80, 0x80, 0x80],
        [0xE2, 0x82],
        [0x80],
    ];

    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [TestCaseSource(nameof(Broken))]
    public async Task Bodies_AreRefused_WhenNotUtf8(params byte[] broken)
    {
        foreach (
            var body in (byte[][])
                [
                    [.. "{\"name\":\"J"u8, .. broken, .. "rgen\"}"u8],
                    [.. "{\"n"u8, .. broken, .. "\":1}"u8],
                    [.. "{\"name\":\"J\"}"u8, .. broken],
                ]
        )
        {
            var answer = (await admin.PatchAsync("/users/me", Wire.Body(body, "application/json"))).ShouldFail(400, "malformed_json");
            Assert.That((string?)answer.Json["detail"], Does.Contain("UTF-8"));
        }
    }

    [TestCaseSource(nameof(Broken))]
    public async Task Files_AreRefusedWithTheLineNumber_WhenNotUtf8(params byte[] broken)
    {
        var email = TestApp.NewEmail("windows");
        foreach (
            var (type, head) in ((string, string)[])
                [("text/csv", "email,name\nada@example.com,Ada\n"), ("application/x-ndjson", "{\"email\":\"ada@example.com\"}\n\n")]
        )
        {
            var rest = type == "text/csv" ? $"{email},J" : $"{{\"email\":\"{email}\",\"name\":\"";
            var answer = await admin.PostAsync(
                "/admin/users/import",
                Wire.Body([.. Encoding.UTF8.GetBytes(head + rest), .. broken, .. "\n"u8], type)
            );
            var error = (string?)answer.ShouldFail(400, "validation_failed").Json["errors"]!["body"]![0];
            Assert.That(error, Does.StartWith("Line 3: ").And.Contain("CSV UTF-8"));
        }

        Assert.That((await admin.GetAsync($"/admin/users?search={email}")).Items, Is.Empty);
    }

    [Test]
    public async Task Files_AreCheckedToTheirEnd()
    {
        // Multi-byte characters that cross the reader's buffer boundaries in many places, and one invalid byte at the end.
        var text = new StringBuilder("email,name\n");
        for (var i = 0; i < 3000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i % 10},{new string('é', 20 + (i % 7))}🦊\n");
        }

        (await admin.PostAsync("/admin/users/import?dryRun=true", Wire.Body(text.ToString(), "text/csv"))).ShouldSucceed();
        var answer = await admin.PostAsync(
            "/admin/users/import?dryRun=true",
            Wire.Body([.. Encoding.UTF8.GetBytes(text.ToString()), 0xF0, 0x9F], "text/csv")
        );
        Assert.That((string?)answer.ShouldFail(400, "validation_failed").Json["errors"]!["body"]![0], Does.StartWith("Line 3002: "));
    }

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    public async Task Utf16_IsRefused_WithAndWithoutByteOrderMark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (
            var mark in (byte[][])
                [
                    [],
                    encoding.GetPreamble(),
                ]
        )
        {
            var body = (
                await admin.PatchAsync("/users/me", Wire.Body([.. mark, .. encoding.GetBytes("{\"name\":\"Ada\"}")], "application/json"))
            ).ShouldFail(400, "malformed_json");
            Assert.That((string?)body.Json["detail"], Does.Contain("UTF-16").And.Contain("UTF-8"));
            var file = await admin.PostAsync(
                "/admin/users/import",
                Wire.Body([.. mark, .. encoding.GetBytes("email\nada@example.com\n")], "text/csv")
            );
            Assert.That(
                (string?)file.ShouldFail(400, "validation_failed").Json["errors"]!["body"]![0],
                Does.Contain("UTF-16").And.Contain("CSV UTF-8")
            );
        }
    }

    [Test]
    public async Task Utf8ByteOrderMarks_AreIgnored()
    {
        using var user = await App.NewUserAsync();
        (
            await user.PatchAsync("/users/me", Wire.Body([.. Encoding.UTF8.Preamble, .. "{\"name\":\"Zoë\"}"u8], "application/json"))
        ).ShouldSucceed();
        Assert.That((string?)(await user.GetAsync("/users/me")).Data["name"], Is.EqualTo("Zoë"));
    }

    [Test]
    public async Task UnsupportedMediaType_NamesTheSupportedOnes()
    {
        var file = (await admin.PostAsync("/admin/users/import", Wire.Body("email\n", "application/json"))).ShouldFail(
            415,
            "unsupported_media_type"
        );
        Assert.That(
            (string?)file.Json["detail"],
            Does.Contain("text/csv").And.Contain("application/x-ndjson").And.Not.Contain("application/json")
        );
        var body = (await admin.PatchAsync("/users/me", Wire.Body("{}", "text/csv"))).ShouldFail(415, "unsupported_media_type");
        Assert.That((string?)body.Json["detail"], Does.Contain("application/json").And.Not.Contain("csv"));
        (await admin.PostAsync("/admin/users/import", Wire.Body("email\n", "text/csv; charset=windows-1252"))).ShouldFail(
            415,
            "unsupported_media_type"
        );
    }
}
