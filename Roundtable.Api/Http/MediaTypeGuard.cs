using Microsoft.Net.Http.Headers;
using Roundtable.Api.Common;

namespace Roundtable.Api.Http;

/// <summary>
/// Bodies are JSON, but where an endpoint takes something else. Form types, which other sites' pages can send, are refused.
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
                // Of the methods that a form can send, an empty body of a foreign type is refused too.
                var isTyped = hasBody || !IsBodiless(request.Method);
                if (string.IsNullOrEmpty(request.ContentType) ? !hasBody : !isTyped || IsAccepted(context, request.ContentType))
                {
                    return next(context);
                }

                return ApiProblems.WriteAsync(context, ApiProblems.FromStatus(context, StatusCodes.Status415UnsupportedMediaType));
            }
        );

    /// <summary>The media types of bodies that the endpoint takes.</summary>
    public static IReadOnlyList<string> Accepted(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesMediaTypesAttribute>()?.MediaTypes ?? [Json];

    private static bool IsBodiless(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsDelete(method);

    // What is read here is UTF-8, as RFC 8259 asks for; the framework's readers fail on other encodings in the middle of the body.
    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool IsAccepted(HttpContext context, string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && IsUtf8(type)
        && Accepted(context).Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>The media types of bodies that an endpoint takes in the place of JSON.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesMediaTypesAttribute(params string[] mediaTypes) : Attribute
{
    public IReadOnlyList<string> MediaTypes => mediaTypes;
}
