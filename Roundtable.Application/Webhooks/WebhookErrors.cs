using Roundtable.Application.Common;

namespace Roundtable.Application.Webhooks;

public static class WebhookErrors
{
    /// <summary>Each event is written once per endpoint, so too many slow down the requests that raise events.</summary>
    public const int MaxEndpoints = 20;

    public static readonly Error TooMany = new(
        "conflict",
        ErrorKind.Conflict,
        "The maximum number of endpoints is reached. Delete one first."
    );
    public static readonly Error SwitchedOff = new("conflict", ErrorKind.Conflict, "The endpoint is switched off.");

    public static Error NotFound(string id) => Errors.NotFound("webhook", id);
}
