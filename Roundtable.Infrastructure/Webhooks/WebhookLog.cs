using Microsoft.Extensions.Logging;

namespace Roundtable.Infrastructure.Webhooks;

internal static partial class WebhookLog
{
    private const string Type = "system";
    private const string Send = "SendWebhook";

    public static void Sent(this ILogger logger, string deliveryId, string eventType, string endpointId, int attempt) =>
        Sent(logger, Type, Send, "sent", eventType, deliveryId, endpointId, attempt);

    public static void Retrying(
        this ILogger logger,
        string deliveryId,
        string eventType,
        string endpointId,
        int attempt,
        string reason,
        DateTime nextAttemptAtUtc
    ) => Retrying(logger, Type, Send, "retrying", eventType, deliveryId, endpointId, attempt, reason, nextAttemptAtUtc);

    public static void GaveUp(this ILogger logger, string deliveryId, string eventType, string endpointId, int attempt, string reason) =>
        GaveUp(logger, Type, Send, "failed", eventType, deliveryId, endpointId, attempt, reason);

    public static void LeaseLost(this ILogger logger, string deliveryId, string eventType) =>
        LeaseLost(logger, Type, Send, "leaseLost", eventType, deliveryId);

    public static void Unrecorded(this ILogger logger, Exception error, string deliveryId, string eventType) =>
        Unrecorded(logger, error, Type, Send, "unrecorded", eventType, deliveryId);

    [LoggerMessage(
        3101,
        LogLevel.Information,
        "{logType} {operationName} {outcome}: {eventType} {targetId} to {endpointId}, attempt {attempt}"
    )]
    private static partial void Sent(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string eventType,
        string targetId,
        string endpointId,
        int attempt
    );

    [LoggerMessage(
        3102,
        LogLevel.Warning,
        "{logType} {operationName} {outcome}: {eventType} {targetId} to {endpointId}, attempt {attempt}; again at "
            + "{nextAttemptAtUtc:O}. {reason}"
    )]
    private static partial void Retrying(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string eventType,
        string targetId,
        string endpointId,
        int attempt,
        string reason,
        DateTime nextAttemptAtUtc
    );

    [LoggerMessage(
        3103,
        LogLevel.Error,
        "{logType} {operationName} {outcome}: {eventType} {targetId} to {endpointId}, attempt {attempt} was the last one. {reason}"
    )]
    private static partial void GaveUp(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string eventType,
        string targetId,
        string endpointId,
        int attempt,
        string reason
    );

    [LoggerMessage(
        3104,
        LogLevel.Warning,
        "{logType} {operationName} {outcome}: {eventType} {targetId} was claimed by another worker or deleted"
    )]
    private static partial void LeaseLost(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string eventType,
        string targetId
    );

    [LoggerMessage(
        3105,
        LogLevel.Error,
        "{logType} {operationName} {outcome}: the outcome of {eventType} {targetId} could not be stored; it may be sent again"
    )]
    private static partial void Unrecorded(
        ILogger logger,
        Exception error,
        string logType,
        string operationName,
        string outcome,
        string eventType,
        string targetId
    );
}
