using System.Net;
using Microsoft.AspNetCore.Authentication;

namespace Roundtable.Api.ExternalLogins;

/// <summary>Lets a provider's handler make the address that the browser opens.</summary>
internal static class ExternalChallenge
{
    /// <summary>
    /// Sets the cookies that bind the state to the browser, and returns the address; null if the provider cannot be reached.
    /// </summary>
    public static async Task<string?> StartAsync(HttpContext http, string provider, AuthenticationProperties properties)
    {
        using (var limit = new ProviderTimeLimit(http))
        {
            try
            {
                await http.ChallengeAsync(ExternalSchemes.SchemeOf(provider), properties);
            }
            catch (Exception e) when (e is not OperationCanceledException || !limit.Client.IsCancellationRequested)
            {
                // Whatever a provider answers, or does not.
                return null;
            }
        }

        // The dashboard opens the address itself.
        var address = http.Response.Headers.Location.ToString();
        http.Response.Headers.Remove("Location");
        http.Response.StatusCode = (int)HttpStatusCode.OK;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? address : null;
    }
}
