using Microsoft.Extensions.Logging;

namespace Roundtable.Infrastructure.Events;

internal static partial class EventLog
{
    public static void ListenerFailed(this ILogger logger, Exception error, string eventType, string eventId, string listener) =>
        ListenerFailed(logger, error, "system", "HandleEvent", "failed", eventType, eventId, listener);

    [LoggerMessage(3201, LogLevel.Error, "{logType} {operationName} {outcome}: {listener} on {eventType} {targetId}")]
    private static partial void ListenerFailed(
        ILogger logger,
        Exception error,
        string logType,
        string operationName,
        string outcome,
        string eventType,
        string targetId,
        string listener
    );
}
