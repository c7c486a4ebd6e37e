namespace Roundtable.Api.Authentication;

/// <summary>Reads the header <c>Authorization: Bearer …</c>.</summary>
internal static class BearerToken
{
    public const string Scheme = "Bearer";

    /// <summary>Whether the request authenticates by a key, valid or not; then no cookie counts.</summary>
    public static bool IsPresent(HttpRequest request)
    {
        foreach (var value in request.Headers.Authorization)
        {
            if (value is not null && IsBearer(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the token; null if there is not exactly one.</summary>
    public static string? Read(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && IsBearer(only) ? only[Scheme.Length..].Trim(' ') : null;

    private static bool IsBearer(string value) =>
        value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (value.Length == Scheme.Length || value[Scheme.Length] == ' ');
}
