using Roundtable.Application.Common;

namespace Roundtable.Application.Webhooks;

public static class WebhookErrors
{
    /// <summary>Every event is written once for each endpoint: too many slow down whatever causes them.</summary>
    public const int MaxEndpoints = 20;

    public static readonly Error TooMany = new(
        "conflict",
        ErrorKind.Conflict,
        "There are as many endpoints as there may be: delete one first."
    );
    public static readonly Error SwitchedOff = new("conflict", ErrorKind.Conflict, "The endpoint is switched off.");

    public static Error NotFound(string id) => Errors.NotFound("webhook", id);
}
