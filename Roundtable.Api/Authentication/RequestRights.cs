using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Api.Authentication;

/// <summary>Checks the session against the endpoint's attributes, at any time during the request.</summary>
internal sealed class RequestRights(IHttpContextAccessor accessor, IOptions<AuthOptions> options, TimeProvider clock) : IRequestRights
{
    public string? SessionKeyHash =>
        accessor.HttpContext is { User.Identity: SessionIdentity identity } http
        && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
            ? identity.KeyHash
            : null;

    public Error? Refusal { get; private set; }

    public Error? Check(CurrentSession? session)
    {
        Refusal = RefusalOf(session);
        return Refusal;
    }

    private Error? RefusalOf(CurrentSession? session)
    {
        var http = accessor.HttpContext!;
        if (session is null)
        {
            return Errors.Unauthenticated;
        }

        http.User.CurrentSession()!.TakeRightsOf(session);
        var asked = http.GetEndpoint()?.Metadata.GetOrderedMetadata<ISessionRequirement>() ?? [];
        var facts = new SessionRequirementContext(clock.GetUtcNow().UtcDateTime, options.Value.Session.FreshFor);
        return SessionRefusals.MostSpecific(asked.Select(a => a.Check(session, facts)).OfType<Error>());
    }
}
