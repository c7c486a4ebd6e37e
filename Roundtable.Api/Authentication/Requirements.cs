using Microsoft.AspNetCore.Authorization;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Authentication;

/// <summary>A requirement of an endpoint on the session, with the error if it is not met.</summary>
public interface ISessionRequirement : IAuthorizationRequirement
{
    Error? Check(CurrentSession session, SessionRequirementContext context);
}

/// <summary>The data that a requirement may use besides the session.</summary>
/// <param name="NowUtc">The current time.</param>
/// <param name="FreshFor">How long a session is fresh after sign-in.</param>
public sealed record SessionRequirementContext(DateTime NowUtc, TimeSpan FreshFor);

/// <summary>Requires the caller to hold a permission, through any role.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequirePermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirementData, ISessionRequirement
{
    public string Permission { get; } =
        Permissions.All.Contains(permission) ? permission : throw new ArgumentException("There is no such permission.", nameof(permission));

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(CurrentSession session, SessionRequirementContext context) =>
        session.Has(Permission) ? null : Errors.Forbidden.WithDetail("permission", Permission);
}

/// <summary>Requires the caller to hold any of several permissions. Which one depends on the body; the use case checks it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequireAnyPermissionAttribute(params string[] permissions)
    : AuthorizeAttribute,
        IAuthorizationRequirementData,
        ISessionRequirement
{
    public IReadOnlyList<string> AnyOf => permissions;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(CurrentSession session, SessionRequirementContext context) =>
        permissions.Any(session.Has) ? null : Errors.Forbidden.WithDetail("permission", string.Join(" or ", permissions));
}

/// <summary>Requires the caller to have signed in within the last day.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequireFreshSessionAttribute : AuthorizeAttribute, IAuthorizationRequirementData, ISessionRequirement
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(CurrentSession session, SessionRequirementContext context) =>
        session.IsFresh(context.NowUtc, context.FreshFor) ? null : SessionErrors.NotFresh;
}

/// <summary>Rejects callers who impersonate a user.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NotWhileImpersonatingAttribute : AuthorizeAttribute, IAuthorizationRequirementData, ISessionRequirement
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(CurrentSession session, SessionRequirementContext context) =>
        session.Impersonator is null ? null : SessionErrors.NotWhileImpersonating;
}
