using System.Text.Json;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passkeys;

/// <summary>The two steps of each WebAuthn ceremony. The state of the first step is passed to the second as <c>state</c>.</summary>
public interface IPasskeyCeremonies
{
    Task<PasskeyCeremony> BeginRegistrationAsync(User user, CancellationToken ct);

    /// <summary>Adds the passkey to the user and returns its credential id; null if the browser's response is invalid.</summary>
    Task<string?> FinishRegistrationAsync(User user, string name, string credentialJson, string state, CancellationToken ct);

    Task<PasskeyCeremony> BeginSignInAsync(CancellationToken ct);

    /// <summary>Returns the passkey's user and updates the counter; null if the browser's response is invalid.</summary>
    Task<User?> FinishSignInAsync(string credentialJson, string state, CancellationToken ct);
}

/// <summary>The options for the browser and the state to keep.</summary>
public sealed record PasskeyCeremony(JsonElement Options, string State);
