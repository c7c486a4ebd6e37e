using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>Reads and writes resource versions as <c>ETag</c> and <c>If-Match</c>.</summary>
internal static partial class EntityTags
{
    public static void SetVersion(this HttpResponse response, int version) =>
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The versions in <c>If-Match</c>, including tags that a compressing proxy has given a suffix. A tag of any other form
    /// matches nothing.
    /// </summary>
    public static ExpectedVersions IfMatch(this HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return ExpectedVersions.Any;
        }

        if (!EntityTagHeaderValue.TryParseList(header, out var tags))
        {
            return ExpectedVersions.OneOf([]);
        }

        return tags is [{ Tag.Value: "*" }] ? ExpectedVersions.Any : ExpectedVersions.OneOf([.. tags.SelectMany(Versions)]);
    }

    private static IEnumerable<int> Versions(EntityTagHeaderValue tag) =>
        Form().Match(tag.Tag.ToString()) is { Success: true } match
        && int.TryParse(match.Groups["version"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? [version]
            : [];

    [GeneratedRegex("^\"(?<version>[0-9]+)((--?|;)(gzip|br|zstd|deflate))?\"$")]
    private static partial Regex Form();
}
