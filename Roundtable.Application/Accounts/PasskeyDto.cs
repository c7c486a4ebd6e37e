using System.Text.Json;
using Roundtable.Application.Common;

namespace Roundtable.Application.Accounts;

/// <summary>A passkey of the user's.</summary>
public sealed record PasskeyDto
{
    /// <summary>The passkey's id here.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The name that the user gave it.</summary>
    /// <example>Laptop</example>
    public required string Name { get; init; }

    /// <summary>When it was added, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last signed in, UTC; null for never.</summary>
    public required DateTime? LastUsedAt { get; init; }

    /// <summary>Whether a password manager keeps copies of it on other devices.</summary>
    public required bool BackedUp { get; init; }
}

/// <summary>What the browser gets to start with, and the secret for the cookie that ties its answer to it.</summary>
public sealed record PasskeyOptions(JsonElement Options, string Secret);

public static class PasskeyErrors
{
    public static readonly Error NotAccepted = Errors.Invalid("credential", "The passkey was not accepted. Start again.");
}
