using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Roundtable.Api.ExternalLogins;

/// <summary>
/// Leaves the callbacks of external providers to <see cref="ExternalSignInController"/>: the authentication middleware would answer them
/// before rate limits, and without the request's session and endpoint.
/// </summary>
internal sealed class ExternalSchemeProvider(IOptions<AuthenticationOptions> options) : AuthenticationSchemeProvider(options)
{
    public override async Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() =>
        (await base.GetRequestHandlerSchemesAsync()).Where(s => !ExternalSchemes.IsExternal(s.Name));
}
