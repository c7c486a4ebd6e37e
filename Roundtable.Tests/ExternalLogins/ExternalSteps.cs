using System.Web;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ExternalLogins;

internal static class ExternalSteps
{
    /// <summary>Starts a sign-in; returns the provider's address.</summary>
    public static async Task<string> StartExternalAsync(this Browser browser, string provider, object? body = null) =>
        (string)(await browser.PostAsync($"/auth/external/{provider}", body ?? new { })).ShouldSucceed().Data["url"]!;

    /// <summary>Signs in with a provider: start, visit, callback.</summary>
    public static async Task<Answer> SignInExternallyAsync(this Browser browser, string provider, object? body = null) =>
        await browser.ReturnAsync(await OpenIdServer.VisitAsync(await browser.StartExternalAsync(provider, body)));

    /// <summary>Follows the provider's redirect to the callback.</summary>
    public static async Task<Answer> ReturnAsync(this Browser browser, Uri callback) => await browser.GetAsync(callback.PathAndQuery);

    /// <summary>Signs in with a provider whose pages the browser does not open.</summary>
    public static async Task<Answer> SignInAtAsync(this Browser browser, RogueProvider rogue, string provider) =>
        await browser.ComeBackAsync(rogue, provider, await browser.StartExternalAsync(provider));

    /// <summary>Connects a login of such a provider to the browser's account.</summary>
    public static async Task<Answer> ConnectAtAsync(this Browser browser, RogueProvider rogue, string provider) =>
        await browser.ComeBackAsync(
            rogue,
            provider,
            (string)(await browser.PostAsync($"/users/me/logins/{provider}")).ShouldSucceed().Data["url"]!
        );

    private static async Task<Answer> ComeBackAsync(this Browser browser, RogueProvider rogue, string provider, string url)
    {
        var query = HttpUtility.ParseQueryString(new Uri(url).Query);
        rogue.Nonce = query["nonce"] ?? "";
        return await browser.GetAsync($"/auth/external/{provider}/callback?code=x&state={Uri.EscapeDataString(query["state"]!)}");
    }

    public static Answer ShouldContinueAt(this Answer answer, string location)
    {
        Assert.That(answer.Status, Is.EqualTo(303), answer.Text);
        Assert.That(answer.Header("Location"), Is.EqualTo(location));
        return answer;
    }
}
