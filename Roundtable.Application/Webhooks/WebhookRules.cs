using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Application.Webhooks;

/// <summary>Validates webhook endpoints.</summary>
internal static class WebhookRules
{
    /// <summary>Returns the validation errors by field; null if the endpoint is valid.</summary>
    public static Error? Check(WebhookChanges wanted, bool allowInsecure)
    {
        var problems = new Dictionary<string, FieldError[]>(StringComparer.Ordinal);
        if (!IsTarget(wanted.Url, allowInsecure))
        {
            problems["url"] =
            [
                allowInsecure
                    ? new FieldError(
                        "not_a_url",
                        $"The url must be an http or https address of at most {WebhookEndpoint.UrlMaxLength} characters.",
                        Max: WebhookEndpoint.UrlMaxLength
                    )
                    : new FieldError(
                        "not_a_public_url",
                        $"The url must be an https address of a public host of at most {WebhookEndpoint.UrlMaxLength} characters.",
                        Max: WebhookEndpoint.UrlMaxLength
                    ),
            ];
        }

        if (Description(wanted.Description) is { } bad)
        {
            problems["description"] = [bad];
        }

        if (wanted.Events.Where(e => e is null || !EventTypes.All.Contains(e)).ToList() is [var unknown, ..])
        {
            problems["events"] = [FieldErrors.Unknown("event", unknown)];
        }

        return problems.Count == 0 ? null : Errors.Invalid(problems);
    }

    private static FieldError? Description(string? text) =>
        text switch
        {
            null => null,
            { Length: > WebhookEndpoint.DescriptionMaxLength } => FieldErrors.TooLong("description", WebhookEndpoint.DescriptionMaxLength),
            _ => ProfileRules.Text(text),
        };

    private static bool IsTarget(string url, bool allowInsecure) =>
        url.Length <= WebhookEndpoint.UrlMaxLength
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (allowInsecure && uri.Scheme == Uri.UriSchemeHttp))
        && uri is { UserInfo: "", Fragment: "" }
        && (allowInsecure || !uri.IsLoopback)
        && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
}

/// <summary>The requested state of an endpoint.</summary>
/// <param name="Events">The subscribed event types; empty for all.</param>
public sealed record WebhookChanges(string Url, string? Description, IReadOnlyList<string> Events, bool Enabled);

/// <summary>Changes to an endpoint; absent members stay unchanged.</summary>
public sealed record WebhookPatch(
    Optional<string?> Url,
    Optional<string?> Description,
    Optional<IReadOnlyList<string>?> Events,
    Optional<bool> Enabled
)
{
    internal WebhookChanges On(WebhookEndpoint endpoint) =>
        new(
            Url.Or(endpoint.Url) ?? "",
            Description.Or(endpoint.Description),
            Events.Or(endpoint.Events) ?? [],
            Enabled.Or(endpoint.Enabled)
        );
}
