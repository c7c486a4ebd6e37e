using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roundtable.Tests.Support;

/// <summary>An HTTP client with its own cookies: a user's browser.</summary>
public sealed class Browser : IDisposable
{
    public const string Api = "/api/v1";

    private readonly Uri address;
    private readonly Mailbox mail;
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public Browser(TestApp app, string? userAgent = null)
        : this(app.BaseAddress, app.Mail, userAgent) { }

    public Browser(Uri address, Mailbox mail, string? userAgent = null)
    {
        (this.address, this.mail) = (address, mail);
        http = new HttpClient(
            new SocketsHttpHandler
            {
                CookieContainer = cookies,
                AllowAutoRedirect = false,
                MaxConnectionsPerServer = 256,
            }
        )
        {
            BaseAddress = address,
            // Checking 200 passwords at once takes a while on a busy machine.
            Timeout = TimeSpan.FromMinutes(5),
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(
            userAgent ?? "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        );
    }

    public string? SessionCookie
    {
        get => cookies.GetCookies(address).SingleOrDefault(c => c.Name.EndsWith("roundtable.session", StringComparison.Ordinal))?.Value;
        set => cookies.Add(address, new Cookie("roundtable.session", value, "/"));
    }

    public string UserId { get; private set; } = "";

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            method,
            path.StartsWith('/') && !path.StartsWith(Api, StringComparison.Ordinal) ? Api + path : path
        );
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body, options: JsonSerializerOptions.Web),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Answer> PutAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, body, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>Outside <c>/api/v1</c>.</summary>
    public async Task<Answer> RawAsync(HttpMethod method, string path)
    {
        using var response = await http.SendAsync(new HttpRequestMessage(method, path));
        return await Answer.ReadAsync(response);
    }

    /// <summary>Requests a link, reads the mail and redeems the token.</summary>
    public async Task<Answer> SignInByLinkAsync(string email)
    {
        var answer = await PostAsync("/auth/magic-link/verify", new { token = await RequestLinkAsync(email) });
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        UserId = (string?)answer.Data["user"]?["id"] ?? "";
        return answer;
    }

    /// <summary>Requests a link and returns the token from the newest mail.</summary>
    public async Task<string> RequestLinkAsync(string email)
    {
        var before = mail.To(email, "magic-link").Select(m => m.File).ToHashSet();
        var answer = await PostAsync("/auth/magic-link", new { email });
        Assert.That(answer.Status, Is.EqualTo(202), answer.Text);
        return (await mail.WaitAsync(email, before.Count + 1, "magic-link")).Single(m => !before.Contains(m.File)).Token;
    }

    public void Dispose() => http.Dispose();
}

/// <summary>A complete response.</summary>
public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("null");

    public JsonNode Data => Json["data"] ?? throw new InvalidOperationException($"No data: {Text}");

    public IReadOnlyList<JsonNode> Items => [.. Data["items"]!.AsArray().Select(i => i!)];

    public string? Code => (string?)Json["code"];

    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "";

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join("\n", h.Value), StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Asserts the documented error: status, code and complete shape.</summary>
    public Answer ShouldFail(int status, string code)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Status, Is.EqualTo(status), Text);
            Assert.That(Header("Content-Type"), Does.StartWith("application/problem+json"), Text);
        });
        Assert.Multiple(() =>
        {
            Assert.That(Code, Is.EqualTo(code), Text);
            Assert.That((bool?)Json["success"], Is.False);
            Assert.That((int?)Json["status"], Is.EqualTo(status));
            Assert.That((string?)Json["requestId"], Is.EqualTo(Header("X-Request-Id")));
            foreach (var member in (ReadOnlySpan<string>)["type", "title", "detail", "instance"])
            {
                Assert.That((string?)Json[member], Is.Not.Null.And.Not.Empty, member);
            }

            Assert.That(Json["context"], Is.InstanceOf<JsonObject>());
        });
        return this;
    }

    public Answer ShouldSucceed(int status = 200)
    {
        Assert.That(Status, Is.EqualTo(status), Text);
        return this;
    }
}
