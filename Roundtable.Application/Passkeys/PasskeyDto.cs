using System.Text.Json;
using Roundtable.Application.Common;

namespace Roundtable.Application.Passkeys;

/// <summary>A passkey of the user.</summary>
public sealed record PasskeyDto
{
    /// <summary>The passkey's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The name given by the user.</summary>
    /// <example>Laptop</example>
    public required string Name { get; init; }

    /// <summary>When it was added (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last used to sign in (UTC); null for never.</summary>
    public required DateTime? LastUsedAt { get; init; }

    /// <summary>Whether a password manager synchronizes it to other devices.</summary>
    public required bool BackedUp { get; init; }
}

/// <summary>The options for the browser, and the secret for the cookie that binds its response to them.</summary>
public sealed record PasskeyOptions(JsonElement Options, string Secret);

public static class PasskeyErrors
{
    public static readonly Error NotAccepted = Errors.Invalid(
        "credential",
        new FieldError("passkey_rejected", "The passkey was not accepted. Start again.")
    );
}
