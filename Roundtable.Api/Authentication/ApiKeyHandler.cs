using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Roundtable.Application.ApiKeys;

namespace Roundtable.Api.Authentication;

/// <summary>Authenticates requests by their API key, which is looked up on every request.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IApiKeyReader keys,
    IApiKeyUses uses
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The check digits come first: what cannot be a key costs no query.
        if (!ApiKeyRequests.IsApi(Context) || ApiKeySecrets.CredentialOf(BearerToken.Read(Request)) is not { } credential)
        {
            return AuthenticateResult.NoResult();
        }

        var now = TimeProvider.GetUtcNow().UtcDateTime;
        var address = Context.Connection.RemoteIpAddress;
        if (await keys.FindAsync(credential, now, Context.RequestAborted) is not { } caller || !caller.Accepts(address))
        {
            return AuthenticateResult.NoResult();
        }

        uses.Record(caller, address, now);
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller, credential, Scheme.Name)), Scheme.Name)
        );
    }
}
