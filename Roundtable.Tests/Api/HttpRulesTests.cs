using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Application.Common;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Rules for every endpoint: routes, methods, media types, sizes, headers.</summary>
public sealed class HttpRulesTests
{
    private const string Link = "/api/v1/auth/magic-link";

    private static TestApp App => TestApp.Current;

    private Browser user = null!;

    [OneTimeSetUp]
    public async Task SignIn() => user = await App.NewUserAsync();

    [OneTimeTearDown]
    public void Leave() => user.Dispose();

    [TestCase("/api")]
    [TestCase("/api/")]
    [TestCase("/api/v1")]
    [TestCase("/api/v1/nothing")]
    [TestCase("/api/v2/users/me")]
    [TestCase("/API/V1/nothing")]
    [TestCase("/api/v1/users/me/nothing")]
    [TestCase("/api/v1/auth/magic-link/verify/x")]
    [TestCase("/api/v1/admin")]
    [TestCase("/api/v1//users/me")]
    [TestCase("/api/v1/%2e%2e/secret")]
    [TestCase("/api/v1/users%2Fme%2Fx")]
    [TestCase("/api/v1/<script>alert(1)</script>")]
    public async Task UnknownRoute_IsNotFound_ForEveryCaller(string path)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete])
        {
            if (path != "/api/v1/users%2Fme%2Fx")
            {
                (await Wire.SendAsync(App, method, path)).ShouldFail(404, "not_found");
            }

            Assert.That((await user.RawAsync(HttpMethod.Get, path)).Status, Is.EqualTo(404));
        }
    }

    [TestCase("GET", "/auth/magic-link", "POST")]
    [TestCase("GET", "/auth/magic-link/verify", "POST")]
    [TestCase("PUT", "/auth/magic-link", "POST")]
    [TestCase("PUT", "/users/me", "GET, PATCH")]
    [TestCase("POST", "/users/me", "GET, PATCH")]
    [TestCase("POST", "/auth/session", "GET")]
    [TestCase("GET", "/auth/sign-out", "POST")]
    [TestCase("PUT", "/sessions", "DELETE, GET")]
    [TestCase("FOO", "/auth/session", "GET")]
    [TestCase("OPTIONS", "/auth/session", "GET")]
    [TestCase("TRACE", "/auth/session", "GET")]
    public async Task WrongMethod_IsRefused_WithAllowHeader(string method, string path, string allowed)
    {
        var answer = (await Wire.SendAsync(App, new HttpMethod(method), Browser.Api + path)).ShouldFail(405, "method_not_allowed");
        var allow = answer.Header("Allow").Split([',', '\n', ' '], StringSplitOptions.RemoveEmptyEntries);
        Assert.That(allow, Is.SupersetOf(allowed.Split(", ")));
        Assert.That(allow, Does.Not.Contain(method));
    }

    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data; boundary=x")]
    [TestCase("text/plain")]
    [TestCase("text/plain;application/json")]
    [TestCase("text/json")]
    [TestCase("application/xml")]
    [TestCase("application/merge-patch+json")]
    [TestCase("application/problem+json")]
    [TestCase("application/*")]
    [TestCase("*/*")]
    [TestCase("json")]
    [TestCase("application/json; charset=bogus")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/json; charset=utf-32")]
    [TestCase("application/json; charset=iso-8859-1")]
    [TestCase("application/json, text/plain")]
    [TestCase(";")]
    [TestCase(null)]
    public async Task OtherMediaTypes_AreRefused(string? contentType)
    {
        (await Wire.SendAsync(App, HttpMethod.Post, Link, Wire.Body($$"""{"email":"{{TestApp.NewEmail()}}"}""", contentType))).ShouldFail(
            415,
            "unsupported_media_type"
        );
        (await user.PatchAsync("/users/me", Wire.Body("""{"name":"Mallory"}""", contentType))).ShouldFail(415, "unsupported_media_type");
        Assert.That((string?)(await user.GetAsync("/users/me")).Data["name"], Is.Not.EqualTo("Mallory"));
    }

    // A request without a body has no media type, whatever Content-Type a client sends by default.
    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("nonsense")]
    public async Task MediaType_IsIgnored_WithoutABody(string contentType)
    {
        (await user.SendAsync(HttpMethod.Get, "/users/me", Wire.Body("", contentType))).ShouldSucceed();
        (await user.SendAsync(HttpMethod.Delete, "/sessions", Wire.Body("", contentType))).ShouldSucceed(204);
        (await user.SendAsync(HttpMethod.Delete, "/sessions", Wire.Body("x=1", contentType))).ShouldFail(415, "unsupported_media_type");
        (await user.SendAsync(HttpMethod.Post, "/auth/sign-out", Wire.Body("", contentType))).ShouldFail(415, "unsupported_media_type");
    }

    [TestCase("application/json")]
    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/json;charset=UTF-8")]
    [TestCase("application/json; charset=\"utf-8\"")]
    [TestCase("Application/JSON")]
    public async Task JsonMediaTypes_AreAccepted(string contentType) =>
        (
            await Wire.SendAsync(App, HttpMethod.Post, Link, Wire.Body($$"""{"email":"{{TestApp.NewEmail()}}"}""", contentType))
        ).ShouldSucceed(202);

    [Test]
    public async Task MissingBody_IsRefused()
    {
        (await Wire.SendAsync(App, HttpMethod.Post, Link, Wire.Body("", "application/json"))).ShouldFail(400, "validation_failed");
        var bare = await Wire.SendAsync(App, HttpMethod.Post, Link);
        Assert.That((bare.Status, bare.Code), Is.EqualTo((400, "validation_failed")).Or.EqualTo((415, "unsupported_media_type")));
        bare.ShouldFail(bare.Status, bare.Code!);
    }

    [TestCase("{")]
    [TestCase("}")]
    [TestCase("{\"email\"}")]
    [TestCase("{\"email\":}")]
    [TestCase("{\"email\":\"a@example.com\",}")]
    [TestCase("{\"email\":\"a@example.com\"} x")]
    [TestCase("{\"email\":\"a@example.com\"}{}")]
    [TestCase("{'email':'a@example.com'}")]
    [TestCase("{email:\"a@example.com\"}")]
    [TestCase("/* hello */{\"email\":\"a@example.com\"}")]
    [TestCase("{\"email\":NaN}")]
    [TestCase("{\"email\":\"a\nb\"}")]
    [TestCase("{\"email\":\"\\x\"}")]
    [TestCase("<email>a@example.com</email>")]
    [TestCase("email=a%40example.com")]
    [TestCase("\u0000")]
    public async Task MalformedJson_IsRefused(string body)
    {
        (await Wire.SendAsync(App, HttpMethod.Post, Link, Wire.Json(body))).ShouldFail(400, "malformed_json");
        (await user.PatchAsync("/users/me", body.Replace("email", "name", StringComparison.Ordinal))).ShouldFail(400, "malformed_json");
    }

    [Test]
    public async Task InvalidUtf8_IsRefused()
    {
        foreach (
            var bytes in (byte[][])
                [
                    [0xff, 0xfe],
                    [.. "{\"email\":\""u8, 0xff, 0xc0, .. "\"}"u8],
                    [.. "{\"na"u8, 0xff, .. "me\":\"x\"}"u8],
                    [.. "{\"name\":\""u8, 0xed, 0xa0, 0x80, .. "\"}"u8],
                ]
        )
        {
            var link = await Wire.SendAsync(App, HttpMethod.Post, Link, Wire.Body(bytes, "application/json"));
            var profile = await user.PatchAsync("/users/me", Wire.Body(bytes, "application/json"));
            Assert.That(
                (link.Code, profile.Code),
                Is.EqualTo(("malformed_json", "malformed_json")).Or.EqualTo(("validation_failed", "validation_failed"))
            );
            link.ShouldFail(400, link.Code!);
            profile.ShouldFail(400, profile.Code!);
        }
    }

    [TestCase(33)]
    [TestCase(100)]
    [TestCase(100_000)]
    [Category("threat-28")]
    public async Task DeepJson_IsRefused(int depth)
    {
        var (open, close) = (new string('[', depth), new string(']', depth));
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        foreach (
            var body in (string[])
                [
                    open + close,
                    objects,
                    $$"""{"email":{{open}}{{close}}}""",
                    $$"""{"x":{{open}}{{close}}}""",
                    $$"""{"email":"a@example.com","callbackUrl":{{open}}{{close}}}""",
                    open,
                ]
        )
        {
            var answer = await Wire.SendAsync(App, HttpMethod.Post, Link, Wire.Json(body));
            answer.ShouldFail(400, answer.Code!);
            Assert.That(answer.Code, Is.AnyOf("malformed_json", "validation_failed"));
        }
    }

    [Test]
    public async Task LargeBodies_AreRefused([Values] bool chunked, [Values] bool signedIn)
    {
        var json = $$"""{"name":"{{new string('x', 1024 * 1024)}}"}""";
        HttpContent content = chunked ? new StreamContent(new EndlessOnce(Encoding.UTF8.GetBytes(json))) : Wire.Json(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        // Expect: 100-continue, as curl sends for large bodies: a client that still sends may find the connection reset before it reads
        // the response.
        var asking = ("Expect", "100-continue");
        var answer = signedIn
            ? await user.PatchAsync("/users/me", content, asking)
            : await Wire.SendAsync(App, HttpMethod.Post, Link, content, asking);
        answer.ShouldFail(413, "payload_too_large");
    }

    [Test]
    public async Task BodiesBelowTheLimit_AreAccepted()
    {
        var answer = await user.PatchAsync("/users/me", $$"""{"name":"Ada"{{new string(' ', (1024 * 1024) - 14)}}}""");
        answer.ShouldSucceed();
    }

    [TestCase("abc-123_X.y:z")]
    [TestCase("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task RequestId_IsKept_WhenValid(string id)
    {
        var answer = (await user.GetAsync("/users/me", ("X-Request-Id", id))).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("X-Request-Id"), Is.EqualTo(id));
            Assert.That((string?)answer.Json["meta"]!["requestId"], Is.EqualTo(id));
        });
        Assert.That(
            (await user.GetAsync("/nothing", ("X-Request-Id", id))).ShouldFail(404, "not_found").Header("X-Request-Id"),
            Is.EqualTo(id)
        );
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("<script>")]
    [TestCase("a,b")]
    [TestCase("a\"b")]
    [TestCase("../../x")]
    [TestCase("01234567890123456789012345678901234567890123456789012345678901234")]
    public async Task RequestId_IsReplaced_WhenInvalid(string id)
    {
        var answer = (await user.GetAsync("/users/me", ("X-Request-Id", id))).ShouldSucceed();
        Assert.That(answer.Header("X-Request-Id"), Is.Not.EqualTo(id).And.Not.Empty);
        Assert.That((string?)answer.Json["meta"]!["requestId"], Is.EqualTo(answer.Header("X-Request-Id")));
    }

    [Test]
    public async Task RequestIds_AreUnique()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => user.GetAsync("/auth/session")));
        Assert.That(answers.Select(a => a.Header("X-Request-Id")), Is.Unique);
    }

    [Test]
    [Category("threat-7")]
    public async Task SecurityHeaders_ArePresent_OnEveryResponse()
    {
        var answers = new Dictionary<string, Answer>
        {
            ["200"] = await user.GetAsync("/users/me"),
            ["202"] = await user.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() }),
            ["204"] = await user.DeleteAsync("/sessions"),
            ["400"] = await user.PatchAsync("/users/me", "{"),
            ["401"] = await Wire.SendAsync(App, HttpMethod.Get, "/api/v1/users/me"),
            ["403"] = await user.PostAsync("/auth/magic-link", "{}", ("Origin", "https://evil.example")),
            ["404"] = await user.GetAsync("/nothing"),
            ["405"] = await user.PutAsync("/users/me", "{}"),
            ["415"] = await user.PostAsync("/auth/magic-link", Wire.Body("x", "text/plain")),
            ["health"] = await user.RawAsync(HttpMethod.Get, "/health/live"),
            ["ready"] = await user.RawAsync(HttpMethod.Get, "/health/ready"),
            ["document"] = await user.RawAsync(HttpMethod.Get, "/openapi/v1.json"),
            ["outside"] = await user.RawAsync(HttpMethod.Get, "/nothing"),
        };
        Assert.Multiple(() =>
        {
            foreach (var (name, answer) in answers)
            {
                ShouldBeSecure(answer, name);
                Assert.That(answer.Header("Strict-Transport-Security"), Is.Empty, "not over http");
            }
        });
    }

    [Test]
    [Category("threat-7")]
    public async Task Errors_EchoNoExecutableInput()
    {
        var answer = (await Wire.SendAsync(App, HttpMethod.Get, "/api/v1/<script>alert(1)</script>?error=<script>")).ShouldFail(
            404,
            "not_found"
        );
        Assert.That(answer.Text, Does.Not.Contain("<script>"));
    }

    [Test]
    public async Task InternalErrors_DiscloseNoDetails_AndHaveAllHeaders([Values] bool databaseAway)
    {
        await using var broken = App.WithWebHostBuilder(b =>
            b.ConfigureTestServices(s => s.Replace(ServiceDescriptor.Scoped<IThrottle>(_ => new BrokenThrottle(databaseAway))))
        );
        using var http = broken.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") });
        using var request = new HttpRequestMessage(HttpMethod.Post, Link)
        {
            Content = Wire.Json($$"""{"email":"{{TestApp.NewEmail()}}"}"""),
        };
        request.Headers.Add("X-Request-Id", "kept-id");
        using var response = await http.SendAsync(request);
        var answer = await Answer.ReadAsync(response);
        answer.ShouldFail(databaseAway ? 503 : 500, databaseAway ? "unavailable" : "internal_error");
        ShouldBeSecure(answer, "error");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("X-Request-Id"), Is.EqualTo("kept-id"));
            Assert.That(answer.Header("Strict-Transport-Security"), Does.StartWith("max-age="));
            Assert.That(
                answer.Text,
                Does.Not.Contain("SELECT").And.Not.Contain("hunter2").And.Not.Contain("Exception").And.Not.Contain(" at ")
            );
            Assert.That(answer.Headers.ContainsKey("Retry-After"), Is.EqualTo(databaseAway));
        });
    }

    [TestCase("/nothing.js")]
    [TestCase("/assets/nothing")]
    [TestCase("/docs/nothing")]
    [TestCase("//api/v1/users/me")]
    [TestCase("/x/../api/v1/nothing")]
    [TestCase("/health/nothing")]
    public async Task UnknownPaths_OutsideTheApi_AreNotFound(string path) =>
        Assert.That((await Wire.SendAsync(App, HttpMethod.Get, path)).Status, Is.EqualTo(404));

    [Test]
    public async Task Health_NeedsNoSession()
    {
        Assert.That((await Wire.SendAsync(App, HttpMethod.Get, "/health/live")).Status, Is.EqualTo(200));
        Assert.That((await Wire.SendAsync(App, HttpMethod.Get, "/health/ready")).Status, Is.EqualTo(200));
    }

    private static void ShouldBeSecure(Answer answer, string name)
    {
        var policy = answer.Header("Content-Security-Policy");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("X-Request-Id"), Is.Not.Empty, name);
            Assert.That(policy, Does.Contain("frame-ancestors 'none'").And.Contain("default-src"), name);
            Assert.That(
                policy.Split(';').Where(d => d.TrimStart().StartsWith("script-src", StringComparison.Ordinal)),
                Is.All.Not.Contains("unsafe"),
                name
            );
            Assert.That(answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"), name);
            Assert.That(answer.Header("Referrer-Policy"), Is.Not.Empty, name);
            Assert.That(answer.Headers.ContainsKey("Server"), Is.False, name);
            Assert.That(answer.Headers.ContainsKey("X-Powered-By"), Is.False, name);
        });
    }

    private sealed class BrokenThrottle(bool databaseAway) : IThrottle
    {
        private const string Message = "SELECT * FROM Users WHERE Password = 'hunter2'";

        public Task<bool> TryHitAsync(string kind, string subject, int limit, TimeSpan window, CancellationToken ct) =>
            throw (databaseAway ? new TimeoutException(Message) : new InvalidOperationException(Message));

        public Task<DateTime> NextHitAsync(string kind, string subject, int limit, TimeSpan window, CancellationToken ct) =>
            throw new InvalidOperationException("The throttle is broken.");

        public Task ClearAsync(string subject, CancellationToken ct) => Task.CompletedTask;
    }

    /// <summary>A stream without a known length, so that the body is sent in chunks.</summary>
    private sealed class EndlessOnce(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
