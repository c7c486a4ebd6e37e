using Roundtable.Domain.Common;

namespace Roundtable.Domain.Audit;

/// <summary>That somebody did something to something: written in the transaction of the deed, never changed.</summary>
public sealed class AuditEntry
{
    public const int ActionMaxLength = 64;
    public const int TargetTypeMaxLength = 32;
    public const int TargetIdMaxLength = 254;
    public const int RequestIdMaxLength = 64;
    public const int DetailsMaxLength = 4000;

    private AuditEntry()
    {
    }

    public string Id { get; private set; } = null!;

    public DateTime CreatedAtUtc { get; private set; }

    /// <summary>What happened, dotted and in the past tense: <c>user.banned</c>.</summary>
    public string Action { get; private set; } = null!;

    /// <summary>Who really did it: during an impersonation the admin.</summary>
    public string? ActorId { get; private set; }

    public string? ActorEmail { get; private set; }

    /// <summary>During an impersonation the user in whose name it was done.</summary>
    public string? OnBehalfOfId { get; private set; }

    public string? OnBehalfOfEmail { get; private set; }

    public string TargetType { get; private set; } = null!;

    public string TargetId { get; private set; } = null!;

    /// <summary>The user whom it concerns and whose activity shows it, where there is one.</summary>
    public string? SubjectId { get; private set; }

    public string? IpAddress { get; private set; }

    public string? UserAgent { get; private set; }

    public string? RequestId { get; private set; }

    /// <summary>A JSON object; never a secret.</summary>
    public string Details { get; private set; } = "{}";

    public static AuditEntry Record(string action, AuditActor actor, string targetType, string targetId, string? subjectId, string details, DateTime nowUtc) => new()
    {
        Id = EntityId.New(nowUtc),
        CreatedAtUtc = nowUtc,
        Action = action,
        ActorId = actor.Id,
        ActorEmail = actor.Email,
        OnBehalfOfId = actor.OnBehalfOfId,
        OnBehalfOfEmail = actor.OnBehalfOfEmail,
        TargetType = targetType,
        TargetId = targetId,
        SubjectId = subjectId,
        IpAddress = actor.IpAddress,
        UserAgent = actor.UserAgent,
        RequestId = actor.RequestId,
        Details = details,
    };
}

/// <summary>Who acts, in whose name, and from where.</summary>
public sealed record AuditActor(
    string? Id,
    string? Email,
    string? OnBehalfOfId,
    string? OnBehalfOfEmail,
    string? IpAddress,
    string? UserAgent,
    string? RequestId);
