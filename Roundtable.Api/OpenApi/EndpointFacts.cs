using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Http;
using Roundtable.Api.Logging;

namespace Roundtable.Api.OpenApi;

/// <summary>The properties of an endpoint, from its metadata.</summary>
internal sealed record EndpointFacts
{
    /// <summary>The name from <see cref="OperationAttribute"/>.</summary>
    public required string Name { get; init; }

    public required string Tag { get; init; }

    // NSwag names the client class after the part before the underscore: UsersClient.getMe().
    public string OperationId => $"{Tag}_{Name}";

    public required bool NeedsSession { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }

    public required bool NeedsFreshSession { get; init; }

    public required bool NotWhileImpersonating { get; init; }

    /// <summary>The scopes of which an API key needs one, empty if every key may call it; null if keys are rejected.</summary>
    public required IReadOnlyList<string>? ApiKeyScopes { get; init; }

    /// <summary>The media types of the request body; empty if there is none.</summary>
    public required IReadOnlyList<string> BodyTypes { get; init; }

    /// <summary>Whether the path or query has parameters.</summary>
    public required bool TakesParameters { get; init; }

    public required bool MayReturnNull { get; init; }

    /// <summary>All error codes that it can return: those declared and those implied by its metadata.</summary>
    public required IReadOnlySet<string> ErrorCodes { get; init; }

    public static EndpointFacts Of(ApiDescription description)
    {
        var metadata = description.ActionDescriptor.EndpointMetadata;
        var needsSession = !metadata.OfType<IAllowAnonymous>().Any();
        var takesBody = description.ParameterDescriptions.Any(p => p.Source == BindingSource.Body);
        var other = metadata.OfType<TakesMediaTypesAttribute>().LastOrDefault();
        var facts = new EndpointFacts
        {
            Name = metadata.OfType<OperationAttribute>().LastOrDefault()?.Name ?? throw Lacks(description, nameof(OperationAttribute)),
            Tag = metadata.OfType<TagsAttribute>().LastOrDefault()?.Tags[0] ?? throw Lacks(description, nameof(TagsAttribute)),
            NeedsSession = needsSession,
            Permissions = needsSession ? [.. metadata.OfType<RequirePermissionAttribute>().Select(r => r.Permission)] : [],
            NeedsFreshSession = needsSession && metadata.OfType<RequireFreshSessionAttribute>().Any(),
            NotWhileImpersonating = needsSession && metadata.OfType<NotWhileImpersonatingAttribute>().Any(),
            ApiKeyScopes = ScopesOf(metadata),
            BodyTypes = other?.MediaTypes ?? (takesBody ? [MediaTypeGuard.Json] : []),
            TakesParameters = description.ParameterDescriptions.Any(p => p.Source == BindingSource.Query || p.Source == BindingSource.Path),
            MayReturnNull = metadata.OfType<MayReturnNullAttribute>().Any(),
            ErrorCodes = metadata.OfType<ProducesErrorsAttribute>().SelectMany(p => p.Codes).ToHashSet(),
        };
        var isUnsafe = !HttpMethods.IsGet(description.HttpMethod!) && !HttpMethods.IsHead(description.HttpMethod!);
        return facts with { ErrorCodes = facts.ErrorCodes.Concat(facts.Implied(isUnsafe)).ToHashSet() };
    }

    private static IReadOnlyList<string>? ScopesOf(IList<object> metadata) =>
        metadata.OfType<AllowApiKeyAttribute>().LastOrDefault() is not { } allowed ? null
        : metadata.OfType<RequirePermissionAttribute>().Any() ? [.. metadata.OfType<RequirePermissionAttribute>().Select(r => r.Permission)]
        : metadata.OfType<RequireAnyPermissionAttribute>().FirstOrDefault() is { } any ? any.AnyOf
        : allowed.Scopes;

    private static InvalidOperationException Lacks(ApiDescription description, string attribute) =>
        new(
            $"{description.HttpMethod} {description.RelativePath} ({description.ActionDescriptor.DisplayName}) needs "
                + $"[{attribute.Replace("Attribute", "", StringComparison.Ordinal)}] for the API document."
        );

    private IEnumerable<string> Implied(bool isUnsafe)
    {
        var json = BodyTypes.Contains(MediaTypeGuard.Json);
        return new (bool Holds, string Code)[]
        {
            (NeedsSession || ApiKeyScopes is not null, "unauthenticated"),
            (Permissions.Count > 0 || ApiKeyScopes is { Count: > 0 }, "forbidden"),
            (NeedsFreshSession, "session_not_fresh"),
            (NotWhileImpersonating, "not_while_impersonating"),
            (isUnsafe, "csrf_rejected"),
            (isUnsafe || NeedsSession, "other_user"),
            (json, "malformed_json"),
            (json || TakesParameters, "validation_failed"),
            (BodyTypes.Count > 0, "unsupported_media_type"),
            (BodyTypes.Count > 0, "payload_too_large"),
            (BodyTypes.Count > 0, "request_timeout"),
            (true, "rate_limited"),
            (true, "unavailable"),
        }
            .Where(i => i.Holds)
            .Select(i => i.Code);
    }
}
