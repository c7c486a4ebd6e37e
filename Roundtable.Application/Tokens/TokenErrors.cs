using Roundtable.Application.Common;

namespace Roundtable.Application.Tokens;

public static class TokenErrors
{
    /// <summary>One answer for unknown, used, expired and superseded.</summary>
    public static readonly Error InvalidToken = new(
        "invalid_token",
        ErrorKind.BadRequest,
        "This link is not valid any more. Ask for a new one."
    );
}
