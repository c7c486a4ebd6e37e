using System.Text.Json;
using System.Text.Json.Serialization;
using Roundtable.Application.Profiles;
using Roundtable.Application.Transfer;
using Roundtable.Application.Users;

namespace Roundtable.Api.Transfer;

/// <summary>A user in a line of NDJSON, as an export writes it.</summary>
internal sealed record ImportLine
{
    public required string Email { get; init; }

    public string? Name { get; init; }

    public bool? EmailVerified { get; init; }

    public ImportRoles? Roles { get; init; }

    public string? PasswordHash { get; init; }

    public IReadOnlyList<TransferredLogin>? Logins { get; init; }

    public DateTime? CreatedAt { get; init; }

    public bool? Banned { get; init; }

    public string? BanReason { get; init; }

    public DateTime? BanExpiresAt { get; init; }

    public string? Image { get; init; }

    public ImportLineProfile? Profile { get; init; }

    /// <summary>For exports that have no other profile member.</summary>
    public IReadOnlyDictionary<string, ProfileValue>? Extra { get; init; }

    // Members of an export that do not apply to a new account.
    public string? Id { get; init; }

    public bool? TwoFactorEnabled { get; init; }

    public DateTime? LastSeenAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    public PictureDto? Picture { get; init; }

    public ImportRow ToRow(int line, IReadOnlyList<ImportProblem> problems) =>
        new(line, problems)
        {
            Email = Email,
            Name = string.IsNullOrWhiteSpace(Name) ? null : Name,
            EmailVerified = EmailVerified ?? false,
            Roles = Roles?.Names ?? [],
            PasswordHash = PasswordHash,
            Logins = Logins ?? [],
            CreatedAtUtc = CreatedAt,
            Banned = Banned ?? false,
            BanReason = BanReason,
            BannedUntilUtc = BanExpiresAt,
            Image = Image,
            Bio = Profile?.Bio,
            Locale = Profile?.Locale,
            TimeZone = Profile?.TimeZone,
            Extra = Extra ?? Profile?.Extra ?? new Dictionary<string, ProfileValue>(),
        };
}

/// <summary>Names of roles: a list, or a string separated by <c>;</c>, as in CSV and database exports.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record ImportRoles(IReadOnlyList<string> Names)
{
    public static ImportRoles Of(string text) =>
        new(text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private sealed class Converter : JsonConverter<ImportRoles>
    {
        public override ImportRoles Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Of(reader.GetString()!)
            : JsonSerializer.Deserialize<List<string>>(ref reader, options) is { } names && names.TrueForAll(n => n is not null)
                ? new ImportRoles(names)
            : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, ImportRoles value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Names, options);
    }
}

/// <summary>The profile in a line of NDJSON.</summary>
internal sealed record ImportLineProfile
{
    public string? Bio { get; init; }

    public string? Locale { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyDictionary<string, ProfileValue>? Extra { get; init; }
}
