namespace Roundtable.Api.Http;

/// <summary>Assigns every request an id for its response and logs.</summary>
internal static class RequestIds
{
    public const string Header = "X-Request-Id";

    private const int MaxLength = 64;

    public static void UseRequestIds(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (context.Request.Headers[Header] is [{ } given] && IsValid(given))
                {
                    context.TraceIdentifier = given;
                }

                Apply(context);
                return next(context);
            }
        );

    /// <summary>Also called after an exception, which clears the response.</summary>
    public static void Apply(HttpContext context) => context.Response.Headers[Header] = context.TraceIdentifier;

    private static bool IsValid(string id)
    {
        if (id.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':'))
            {
                return false;
            }
        }

        return true;
    }
}
