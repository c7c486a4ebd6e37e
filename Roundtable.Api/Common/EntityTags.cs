using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Roundtable.Api.Common;

/// <summary>Versions of resources as <c>ETag</c> and <c>If-Match</c>.</summary>
internal static class EntityTags
{
    /// <summary>Matches no version: the header was there, and names none of ours.</summary>
    private const int None = -1;

    public static void SetVersion(this HttpResponse response, int version) =>
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that <c>If-Match</c> demands; null when any will do.</summary>
    public static int? ExpectedVersion(this HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseList(header, out var tags))
        {
            return None;
        }

        return tags switch
        {
            [{ Tag.Value: "*" }] => null,
            [{ IsWeak: false } tag] when int.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
            _ => None,
        };
    }
}
