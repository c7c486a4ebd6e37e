using Microsoft.AspNetCore.Authorization;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Authentication;

/// <summary>A requirement of an endpoint on its caller, with the error if it is not met.</summary>
public interface ICallerRequirement : IAuthorizationRequirement
{
    Error? Check(Caller caller, CallerRequirementContext context);
}

/// <summary>The data that a requirement may use besides the caller.</summary>
/// <param name="NowUtc">The current time.</param>
/// <param name="FreshFor">How long a session is fresh after sign-in.</param>
public sealed record CallerRequirementContext(DateTime NowUtc, TimeSpan FreshFor);

/// <summary>Requires the caller to hold a permission, through any role.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequirePermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirementData, ICallerRequirement
{
    public string Permission { get; } =
        Permissions.All.Contains(permission) ? permission : throw new ArgumentException("There is no such permission.", nameof(permission));

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(Caller caller, CallerRequirementContext context) =>
        caller.Has(Permission) ? null : Errors.Lacking(caller, Permission);
}

/// <summary>Requires the caller to hold any of several permissions. Which one depends on the body; the use case checks it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequireAnyPermissionAttribute(params string[] permissions)
    : AuthorizeAttribute,
        IAuthorizationRequirementData,
        ICallerRequirement
{
    public IReadOnlyList<string> AnyOf => permissions;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(Caller caller, CallerRequirementContext context) =>
        permissions.Any(caller.Has) ? null : Errors.Lacking(caller, string.Join(" or ", permissions));
}

/// <summary>Requires the caller to have signed in within the last day, or to be a service account.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequireFreshSessionAttribute : AuthorizeAttribute, IAuthorizationRequirementData, ICallerRequirement
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(Caller caller, CallerRequirementContext context) =>
        caller.IsFresh(context.NowUtc, context.FreshFor) ? null : SessionErrors.NotFreshFor(caller);
}

/// <summary>Rejects callers who impersonate a user.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NotWhileImpersonatingAttribute : AuthorizeAttribute, IAuthorizationRequirementData, ICallerRequirement
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(Caller caller, CallerRequirementContext context) =>
        caller is CurrentSession { Impersonator: not null } ? SessionErrors.NotWhileImpersonating : null;
}

/// <summary>
/// Lets API keys use the endpoint; without it they are rejected. Where the endpoint requires no permission, the key needs one of the
/// given scopes; without any, every key may use it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowApiKeyAttribute(params string[] scopes) : Attribute, IAuthorizationRequirementData, ICallerRequirement
{
    public IReadOnlyList<string> Scopes { get; } =
        scopes.All(ApiKeyScopes.All.Contains) ? scopes : throw new ArgumentException("There is no such scope.", nameof(scopes));

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(Caller caller, CallerRequirementContext context) =>
        caller switch
        {
            ApiKeyCaller { IsServiceAccount: true } when Scopes.Count > 0 && Scopes.All(ApiKeyScopes.IsOwn) => ApiKeyErrors.NoOwnAccount,
            ApiKeyCaller key when Scopes.Count > 0 && !Scopes.Any(key.Scopes.Contains) => Errors.Lacking(key, string.Join(" or ", Scopes)),
            _ => null,
        };
}
