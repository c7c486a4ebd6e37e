using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;

namespace Roundtable.Api.Authentication;

/// <summary>Checks the caller against the endpoint's attributes, at any time during the request.</summary>
internal sealed class RequestRights(IHttpContextAccessor accessor, IOptions<AuthOptions> options, TimeProvider clock) : IRequestRights
{
    public CallerCredential? Credential =>
        accessor.HttpContext is { User.Identity: CallerIdentity identity } http
        && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
            ? identity.Credential
            : null;

    public Error? Refusal { get; private set; }

    public Error? Check(Caller? caller)
    {
        Refusal = RefusalOf(caller);
        return Refusal;
    }

    private Error? RefusalOf(Caller? caller)
    {
        var http = accessor.HttpContext!;
        if (caller is null || (caller is ApiKeyCaller key && !key.Accepts(http.Connection.RemoteIpAddress)))
        {
            return http.User.Caller() is ApiKeyCaller ? ApiKeyErrors.Invalid : Errors.Unauthenticated;
        }

        http.User.Caller()!.TakeRightsOf(caller);
        var asked = http.GetEndpoint()?.Metadata.GetOrderedMetadata<ICallerRequirement>() ?? [];
        var facts = new CallerRequirementContext(clock.GetUtcNow().UtcDateTime, options.Value.Session.FreshFor);
        return CallerRefusals.MostSpecific(asked.Select(a => a.Check(caller, facts)).OfType<Error>());
    }
}
