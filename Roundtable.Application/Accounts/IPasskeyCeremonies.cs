using System.Text.Json;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>The two halves of each WebAuthn exchange. What the first half remembers comes back to the second as <c>state</c>.</summary>
public interface IPasskeyCeremonies
{
    Task<PasskeyCeremony> BeginRegistrationAsync(User user, CancellationToken ct);

    /// <summary>Adds the passkey to the user and gives its credential id; null when the browser's answer does not hold.</summary>
    Task<string?> FinishRegistrationAsync(User user, string name, string credentialJson, string state, CancellationToken ct);

    Task<PasskeyCeremony> BeginSignInAsync(CancellationToken ct);

    /// <summary>Whose passkey it is, its counter moved on; null when the browser's answer does not hold.</summary>
    Task<User?> FinishSignInAsync(string credentialJson, string state, CancellationToken ct);
}

/// <summary>The options for the browser and what to remember of them.</summary>
public sealed record PasskeyCeremony(JsonElement Options, string State);
