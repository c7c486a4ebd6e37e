using Microsoft.Net.Http.Headers;
using Roundtable.Api.Common;

namespace Roundtable.Api.Http;

/// <summary>
/// Accepts JSON bodies, unless an endpoint declares other types. Form types, which other sites' pages can send, are rejected.
/// </summary>
internal static class MediaTypeGuard
{
    public const string Json = "application/json";

    public static void UseMediaTypeGuard(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var request = context.Request;
                var hasBody = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
                // For methods that a form can send, an empty body of another type is rejected too.
                var isTyped = hasBody || !IsBodiless(request.Method);
                if (string.IsNullOrEmpty(request.ContentType) ? !hasBody : !isTyped || IsAccepted(context, request.ContentType))
                {
                    return next(context);
                }

                return ApiProblems.WriteAsync(context, ApiProblems.FromStatus(context, StatusCodes.Status415UnsupportedMediaType));
            }
        );

    /// <summary>The media types that the endpoint accepts.</summary>
    public static IReadOnlyList<string> Accepted(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesMediaTypesAttribute>()?.MediaTypes ?? [Json];

    private static bool IsBodiless(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsDelete(method);

    // Bodies must be UTF-8, as RFC 8259 requires; the framework's readers fail on other encodings in the middle of the body.
    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool IsAccepted(HttpContext context, string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && IsUtf8(type)
        && Accepted(context).Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>The media types that an endpoint accepts instead of JSON.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesMediaTypesAttribute(params string[] mediaTypes) : Attribute
{
    public IReadOnlyList<string> MediaTypes => mediaTypes;
}
