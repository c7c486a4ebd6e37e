using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Passkeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.TwoFactor;

/// <summary>A page on the application's origin in its own browser, with a virtual authenticator that unlocks itself.</summary>
internal sealed class Authenticator : IAsyncDisposable
{
    private const string Ceremony = "roundtable.passkey";

    private readonly TestApp app;
    private readonly IBrowserContext context;
    private readonly IPage page;
    private readonly ICDPSession devTools;
    private readonly string id;

    private Authenticator(TestApp app, IPage page, ICDPSession devTools, string id) =>
        (this.app, this.page, this.devTools, this.id, context) = (app, page, devTools, id, page.Context);

    /// <summary>A platform authenticator that unlocks itself.</summary>
    public static Dictionary<string, object> Options =>
        new()
        {
            ["protocol"] = "ctap2",
            ["transport"] = "internal",
            ["hasResidentKey"] = true,
            ["hasUserVerification"] = true,
            ["isUserVerified"] = true,
            ["automaticPresenceSimulation"] = true,
        };

    public static async Task<Authenticator> OpenAsync(TestApp app, Chromium chromium)
    {
        var page = await (await chromium.Browser.NewContextAsync()).NewPageAsync();
        await page.GotoAsync($"http://localhost:{app.BaseAddress.Port}/health/live");
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        var added = await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = Options });
        return new Authenticator(app, page, devTools, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Calls the API as a page does.</summary>
    public async Task<Answer> SendAsync(string method, string path, object? body = null)
    {
        var answer = await page.EvaluateAsync<JsonElement>(
            """
            async ({ method, path, body }) => {
                const answer = await fetch('/api/v1' + path, { method, body, headers: body ? { 'Content-Type': 'application/json' } : {} });
                return { status: answer.status, text: await answer.text(), headers: Object.fromEntries(answer.headers) };
            }
            """,
            new
            {
                method,
                path,
                body = body switch
                {
                    null => null,
                    string json => json,
                    _ => JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                },
            }
        );
        var headers = answer
            .GetProperty("headers")
            .EnumerateObject()
            .ToDictionary(h => h.Name, h => h.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        return new Answer(answer.GetProperty("status").GetInt32(), answer.GetProperty("text").GetString()!, headers);
    }

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync("POST", path, body);

    /// <summary>Signs in by magic link on this page.</summary>
    public async Task<string> SignInAsync(string email)
    {
        using var asks = app.NewBrowser();
        var token = await asks.AskForLinkAsync(app, email);
        return (string)(await PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed().Data["user"]!["id"]!;
    }

    /// <summary>Creates a passkey and returns what the page would send.</summary>
    public async Task<JsonNode> CreateAsync() =>
        await RunAsync(
            "create",
            "parseCreationOptionsFromJSON",
            (await PostAsync("/auth/passkeys/registration/options")).ShouldSucceed().Data
        );

    public async Task<Answer> RegisterAsync(string? name = null) =>
        await PostAsync("/auth/passkeys/registration", new { credential = await CreateAsync(), name });

    /// <summary>Unlocks a passkey and returns what the page would send.</summary>
    public async Task<JsonNode> AssertAsync() =>
        await RunAsync("get", "parseRequestOptionsFromJSON", (await PostAsync("/auth/passkeys/sign-in/options")).ShouldSucceed().Data);

    public async Task<Answer> SignInAsync() => await PostAsync("/auth/passkeys/sign-in", new { credential = await AssertAsync() });

    public Task ForgetCookiesAsync() => context.ClearCookiesAsync();

    public async Task<string?> CeremonyCookieAsync() => (await context.CookiesAsync()).SingleOrDefault(c => c.Name == Ceremony)?.Value;

    public Task SetCeremonyCookieAsync(string value) =>
        context.AddCookiesAsync([
            new Cookie
            {
                Name = Ceremony,
                Value = value,
                Domain = "localhost",
                Path = "/",
            },
        ]);

    /// <summary>Copies another authenticator's credentials, as devices do that share a password manager.</summary>
    /// <param name="signCount">The new value of the signature counter; unchanged if null.</param>
    public async Task TakeOverAsync(Authenticator other, int? signCount = null)
    {
        var held = await other.devTools.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = other.id });
        foreach (var credential in JsonNode.Parse(held!.Value.GetRawText())!["credentials"]!.AsArray())
        {
            credential!["signCount"] = signCount ?? (int)credential["signCount"]!;
            await devTools.SendAsync(
                "WebAuthn.addCredential",
                new() { ["authenticatorId"] = id, ["credential"] = JsonSerializer.Deserialize<JsonElement>(credential) }
            );
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private async Task<JsonNode> RunAsync(string what, string parse, JsonNode options)
    {
        var credential = await page.EvaluateAsync<string>(
            $"async options => JSON.stringify(await navigator.credentials.{what}({{ publicKey: "
                + $"PublicKeyCredential.{parse}(JSON.parse(options)) }}))",
            options.ToJsonString()
        );
        return JsonNode.Parse(credential)!;
    }
}
