using System.Net;
using System.Net.Sockets;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Application.ApiKeys;

/// <summary>Validates what is requested of an API key.</summary>
public static class ApiKeyRules
{
    private const int MaxNetworks = 20;
    private const int MappedPrefixLength = 96;
    private const int ShownLength = 20;

    /// <summary>Returns the problems by field; null if there are none.</summary>
    public static Error? Check(string? name, IReadOnlyCollection<string?>? scopes, IReadOnlyCollection<string?>? networks)
    {
        var problems = new Dictionary<string, FieldError[]>(StringComparer.Ordinal);
        foreach (
            var (field, problem) in ((string, FieldError?)[])
                [("name", Name(name)), ("scopes", Scopes(scopes)), ("allowedNetworks", Networks(networks))]
        )
        {
            if (problem is not null)
            {
                problems[field] = [problem];
            }
        }

        return problems.Count == 0 ? null : Errors.Invalid(problems);
    }

    public static Error? CheckDays(int? days, int max) =>
        days is null || (days >= 1 && days <= max)
            ? null
            : Errors.Invalid("expiresInDays", new FieldError("range", $"The number of days must be between 1 and {max}.", 1, max));

    public static FieldError? Name(string? name) =>
        name switch
        {
            null => new FieldError("required", "The name is missing."),
            _ when ProfileRules.IsBlank(name) => FieldErrors.Blank("name"),
            { Length: > ApiKey.NameMaxLength } => FieldErrors.TooLong("name", ApiKey.NameMaxLength),
            _ => ProfileRules.Text(name),
        };

    /// <summary>Parses a network or a single address; IPv4 in the form of IPv6 becomes IPv4. Null if it is none.</summary>
    public static IPNetwork? Network(string? text)
    {
        var address = text?.Split('/')[0];
        if (!IPAddress.TryParse(address, out var parsed) || !IsWritten(address, parsed))
        {
            return null;
        }

        return address.Length == text!.Length ? Plain(new IPNetwork(parsed, Bits(parsed)))
            : IPNetwork.TryParse(text, out var network) ? Plain(network)
            : null;
    }

    /// <summary>Whether addresses are in the new networks that are not in the old ones; no networks stand for all.</summary>
    public static bool IsWider(IReadOnlyCollection<IPNetwork> wanted, IReadOnlyCollection<IPNetwork> current) =>
        current.Count > 0 && (wanted.Count == 0 || !wanted.All(w => current.Any(c => Contains(c, w))));

    public static FieldError? Scopes(IReadOnlyCollection<string?>? scopes) =>
        scopes switch
        {
            null => new FieldError("required", "The scopes are missing."),
            { Count: 0 } => new FieldError("count", "A key needs at least one scope.", Min: 1),
            _ when scopes.FirstOrDefault(s => s is null || !ApiKeyScopes.All.Contains(s)) is var unknown
                    && scopes.Any(s => s is null || !ApiKeyScopes.All.Contains(s)) => new FieldError(
                "not_found",
                $"There is no scope '{Cut(unknown)}'.",
                Value: Cut(unknown)
            ),
            _ => null,
        };

    public static FieldError? Networks(IReadOnlyCollection<string?>? networks) =>
        networks switch
        {
            null => null,
            { Count: > MaxNetworks } => new FieldError("count", $"A key can have at most {MaxNetworks} networks.", Max: MaxNetworks),
            _ when networks.FirstOrDefault(n => Network(n) is null) is var bad && networks.Any(n => Network(n) is null) => new FieldError(
                "not_a_network",
                $"'{Cut(bad)}' is neither an IP address nor a network such as 203.0.113.0/24.",
                Value: Cut(bad)
            ),
            _ => null,
        };

    // Shorter than a secret that was pasted by mistake.
    private static string? Cut(string? text) => FieldErrors.Shown(text, ShownLength);

    private static IPNetwork Plain(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedPrefixLength
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedPrefixLength)
            : network;

    private static bool Contains(IPNetwork outer, IPNetwork inner) =>
        outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    // The parser accepts other spellings, such as 10.1, 010.0.0.1, 0x0A000001 and [::1]:80, that are easily mistaken.
    private static bool IsWritten(string text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.AsSpan().ContainsAny("[]%") : address.ToString() == text;
}

/// <summary>A key to create.</summary>
/// <param name="ExpiresInDays">Null for the usual lifetime.</param>
/// <param name="AllowedNetworks">Null or empty for all.</param>
public sealed record ApiKeyRequestData(
    string? Name,
    IReadOnlyList<string>? Scopes,
    int? ExpiresInDays,
    IReadOnlyList<string>? AllowedNetworks
);

/// <summary>Changes to a key; absent members stay unchanged.</summary>
public sealed record ApiKeyPatch(
    Optional<string?> Name,
    Optional<IReadOnlyList<string>?> Scopes,
    Optional<IReadOnlyList<string>?> AllowedNetworks
);

/// <summary>The rotation of a key.</summary>
/// <param name="OverlapHours">How long the current secret stays valid.</param>
/// <param name="ExpiresInDays">Null keeps the expiry.</param>
/// <param name="Expected">The versions of the key that may be rotated.</param>
public sealed record ApiKeyRotation(int OverlapHours, int? ExpiresInDays, ExpectedVersions Expected)
{
    public const int DefaultOverlapHours = 24;
    public const int MaxOverlapHours = 168;
}
