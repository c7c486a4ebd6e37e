using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Roundtable.Domain.Common;

namespace Roundtable.Domain.Audit;

/// <summary>A record of an action and its actor and target: written in the transaction of the action, never changed.</summary>
public sealed class AuditEntry
{
    public const int ActionMaxLength = 64;
    public const int TargetTypeMaxLength = 32;
    public const int TargetIdMaxLength = 254;
    public const int RequestIdMaxLength = 64;
    public const int DetailsMaxLength = 4000;

    private AuditEntry() { }

    public string Id { get; private set; } = null!;

    public DateTime CreatedAtUtc { get; private set; }

    /// <summary>The action, dotted and in the past tense: <c>user.banned</c>.</summary>
    public string Action { get; private set; } = null!;

    /// <summary>The actual actor: during an impersonation, the admin.</summary>
    public string? ActorId { get; private set; }

    /// <summary>Null for a service account.</summary>
    public string? ActorEmail { get; private set; }

    /// <summary>The name of the service account that acted; null for users.</summary>
    public string? ActorName { get; private set; }

    /// <summary>The API key that was used; null for sessions.</summary>
    public string? ApiKeyId { get; private set; }

    /// <summary>During an impersonation, the impersonated user.</summary>
    public string? OnBehalfOfId { get; private set; }

    public string? OnBehalfOfEmail { get; private set; }

    public string TargetType { get; private set; } = null!;

    public string TargetId { get; private set; } = null!;

    /// <summary>The affected user, whose activity shows the entry; null if there is none.</summary>
    public string? SubjectId { get; private set; }

    public string? IpAddress { get; private set; }

    public string? UserAgent { get; private set; }

    public string? RequestId { get; private set; }

    /// <summary>The UTC day, as yyyymmdd: each day has its own chain.</summary>
    public int Day { get; private set; }

    /// <summary>The position in the day's chain, from 1.</summary>
    public int Sequence { get; private set; }

    /// <summary>The hash of the previous entry in the day's chain.</summary>
    public string PreviousHash { get; private set; } = "";

    /// <summary>SHA-256 over the whole entry and <see cref="PreviousHash"/>, 64 hex digits.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>A JSON object; never a secret.</summary>
    public string Details { get; private set; } = "{}";

    public static AuditEntry Record(
        string action,
        AuditActor actor,
        string targetType,
        string targetId,
        string? subjectId,
        string details,
        DateTime nowUtc
    ) =>
        new()
        {
            Id = EntityId.New(nowUtc),
            CreatedAtUtc = nowUtc,
            Day = AuditChain.DayOf(nowUtc),
            Action = action,
            ActorId = actor.Id,
            ActorEmail = actor.Email,
            ActorName = actor.Name,
            ApiKeyId = actor.ApiKeyId,
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

    /// <summary>Appends the entry to its day's chain.</summary>
    public void Link(int sequence, string previousHash) =>
        (Sequence, PreviousHash, Hash) = (sequence, previousHash, ComputeHash(sequence, previousHash));

    /// <summary>Whether the entry is unchanged since it was linked.</summary>
    public bool IsIntact() => Hash == ComputeHash(Sequence, PreviousHash);

    private string ComputeHash(int sequence, string previousHash)
    {
        // Prefixes each value with its length, so that no two entries yield the same text.
        var text = new StringBuilder();
        foreach (
            var value in (ReadOnlySpan<string?>)
                [
                    Id,
                    CreatedAtUtc.Ticks.ToString(CultureInfo.InvariantCulture),
                    Day.ToString(CultureInfo.InvariantCulture),
                    sequence.ToString(CultureInfo.InvariantCulture),
                    previousHash,
                    Action,
                    ActorId,
                    ActorEmail,
                    OnBehalfOfId,
                    OnBehalfOfEmail,
                    TargetType,
                    TargetId,
                    SubjectId,
                    IpAddress,
                    UserAgent,
                    RequestId,
                    Details,
                ]
        )
        {
            Append(text, value);
        }

        // Only where there is one: older entries were hashed without these values.
        if (ApiKeyId is not null || ActorName is not null)
        {
            Append(text, ActorName);
            Append(text, ApiKeyId);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append(StringBuilder text, string? value) => text.Append(value?.Length ?? -1).Append(':').Append(value);
}

/// <summary>The actor, the impersonated user, and the client.</summary>
public sealed record AuditActor(string? Id, string? Email, string? IpAddress, string? UserAgent, string? RequestId)
{
    public string? OnBehalfOfId { get; init; }

    public string? OnBehalfOfEmail { get; init; }

    /// <summary>The service account's name.</summary>
    public string? Name { get; init; }

    /// <summary>The API key that the actor used.</summary>
    public string? ApiKeyId { get; init; }
}
