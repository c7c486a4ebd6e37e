using Microsoft.AspNetCore.Authorization;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Authentication;

/// <summary>What an endpoint asks of the session, and the error when it is not so.</summary>
public interface ISessionRequirement : IAuthorizationRequirement
{
    Error? Check(CurrentSession session, SessionRequirementContext context);
}

/// <summary>What a requirement may look at besides the session.</summary>
/// <param name="NowUtc">The time.</param>
/// <param name="FreshFor">How long after signing in a session is fresh.</param>
public sealed record SessionRequirementContext(DateTime NowUtc, TimeSpan FreshFor);

/// <summary>The caller must hold a permission, through whatever role.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequirePermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirementData, ISessionRequirement
{
    public string Permission { get; } =
        Permissions.All.Contains(permission) ? permission : throw new ArgumentException("There is no such permission.", nameof(permission));

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(CurrentSession session, SessionRequirementContext context) =>
        session.Has(Permission) ? null : Errors.Forbidden.About("permission", Permission);
}

/// <summary>The caller must hold one of some permissions; which one it takes depends on the body, and the use case checks it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequireAnyPermissionAttribute(params string[] permissions)
    : AuthorizeAttribute,
        IAuthorizationRequirementData,
        ISessionRequirement
{
    public IReadOnlyList<string> AnyOf => permissions;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(CurrentSession session, SessionRequirementContext context) =>
        permissions.Any(session.Has) ? null : Errors.Forbidden.About("permission", string.Join(" or ", permissions));
}

/// <summary>The caller must have signed in within the last day.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequireFreshSessionAttribute : AuthorizeAttribute, IAuthorizationRequirementData, ISessionRequirement
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(CurrentSession session, SessionRequirementContext context) =>
        session.IsFresh(context.NowUtc, context.FreshFor) ? null : SessionErrors.NotFresh;
}

/// <summary>Not to be done in somebody else's name.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NotWhileImpersonatingAttribute : AuthorizeAttribute, IAuthorizationRequirementData, ISessionRequirement
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Error? Check(CurrentSession session, SessionRequirementContext context) =>
        session.Impersonator is null ? null : SessionErrors.NotWhileImpersonating;
}
