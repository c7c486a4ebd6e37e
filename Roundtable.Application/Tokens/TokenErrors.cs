using Roundtable.Application.Common;

namespace Roundtable.Application.Tokens;

public static class TokenErrors
{
    /// <summary>The same error for unknown, used, expired and superseded.</summary>
    public static readonly Error InvalidToken = new(
        "invalid_token",
        ErrorKind.BadRequest,
        "This link is no longer valid. Request a new one."
    );
}
