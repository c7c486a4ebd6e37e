using Microsoft.Extensions.Logging;
using Roundtable.Application.Operations;

namespace Roundtable.Infrastructure.Operations;

/// <summary>Log messages of the clean-up. A run that removes nothing logs nothing.</summary>
internal static partial class CleanupLog
{
    private const string Type = "system";
    private const string Clean = "CleanUp";

    public static void Removed(this ILogger logger, CleanupReport report) =>
        Removed(
            logger,
            Type,
            Clean,
            "succeeded",
            report.Sessions,
            report.Tokens,
            report.Limits,
            report.SentMails,
            report.FailedMails,
            report.Deliveries,
            report.ApiKeys,
            report.AuditDays
        );

    public static void Failed(this ILogger logger, Exception error) => Failed(logger, error, Type, Clean, "failed");

    [LoggerMessage(
        4001,
        LogLevel.Information,
        "{logType} {operationName} {outcome}: removed {sessions} sessions, {tokens} tokens, {limits} limits, {sentMails} sent "
            + "mails, {failedMails} failed mails, {deliveries} web-hook deliveries, {apiKeys} API keys, {auditDays} days of the audit log"
    )]
    private static partial void Removed(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        int sessions,
        int tokens,
        int limits,
        int sentMails,
        int failedMails,
        int deliveries,
        int apiKeys,
        int auditDays
    );

    [LoggerMessage(4002, LogLevel.Warning, "{logType} {operationName} {outcome}: the next run continues")]
    private static partial void Failed(ILogger logger, Exception error, string logType, string operationName, string outcome);
}
