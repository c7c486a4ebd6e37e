using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>The user columns that responses contain, and the mapping of a row to a response.</summary>
internal sealed class UserRead(ProfileFields fields, IOptions<AppOptions> app)
{
    private readonly string root = new Uri(app.Value.PublicUrl).AbsolutePath.TrimEnd('/');

    /// <summary>Columns of the tables <see cref="Tables"/>. Role names contain no spaces.</summary>
    public const string Columns = """
        u."BannedUntilUtc", u."LastSeenOrEpochUtc", u."Id", u."Email", u."Name", u."Image", u."PictureVersion", u."EmailVerified",
               (SELECT string_agg("RoleName", ' ') FROM "UserRoles" WHERE "UserId" = u."Id") AS "RoleNames",
               u."BanReason", u."CreatedAtUtc", u."UpdatedAtUtc", u."Version",
               p."Bio", p."Locale", p."TimeZone", p."Extra", c."TwoFactorEnabled"
        """;

    private static readonly string ById = $"""
        SELECT {Columns}
        FROM "Users" u {Tables("INNER JOIN")}
        WHERE u."Id" = @u1
        """;

    /// <summary>Joins the tables of a row <c>u</c> of users.</summary>
    public static string Tables(string join) =>
        $"""
            {join} "UserProfiles" p ON p."UserId" = u."Id"
            {join} "Credentials" c ON c."UserId" = u."Id"
            """;

    /// <summary>The user of a session, by the hash of its key.</summary>
    public static readonly string OfSession = $"""
        SELECT {Columns}
        FROM "Users" u {Tables("INNER JOIN")}
        WHERE u."Id" = (SELECT "UserId" FROM "Sessions" WHERE "KeyHash" = @u1)
        """;

    public static SqlStatement Of(string id) => new(ById, [SqlValue.Key(id)]);

    public UserDto Map(IRow row, DateTime nowUtc)
    {
        var until = row.TimeOrNull("BannedUntilUtc");
        var banned = until > nowUtc;
        var lastSeen = row.Time("LastSeenOrEpochUtc");
        return new UserDto
        {
            Id = row.Text("Id"),
            Email = row.Text("Email"),
            Name = row.Text("Name"),
            Image = row.TextOrNull("Image"),
            Picture = PictureOf(row.Text("Id"), row.TextOrNull("PictureVersion")),
            EmailVerified = row.Flag("EmailVerified"),
            Roles = RolesOf(row.TextOrNull("RoleNames")),
            Banned = banned,
            BanReason = banned ? row.TextOrNull("BanReason") : null,
            BanExpiresAt = banned && until != User.Forever ? until : null,
            LastSeenAt = lastSeen == User.NeverSeen ? null : lastSeen,
            CreatedAt = row.Time("CreatedAtUtc"),
            UpdatedAt = row.Time("UpdatedAtUtc"),
            Version = row.Number("Version"),
            Profile = new ProfileDto
            {
                Bio = row.TextOrNull("Bio"),
                Locale = row.TextOrNull("Locale"),
                TimeZone = row.TextOrNull("TimeZone"),

                // If no field is configured, nothing is read, even if values were stored while one was.
                Extra = fields.IsEmpty ? null : fields.Show(row.TextOrNull("Extra")),
            },
            TwoFactorEnabled = row.Flag("TwoFactorEnabled"),
        };
    }

    // The version is in the address, so that browsers may keep the picture.
    private PictureDto? PictureOf(string id, string? version) =>
        version is null ? null : new PictureDto { Url = $"{root}/api/v1/users/{id}/picture?v={version}" };

    // Sorted here: sorting in the database costs a temporary table for each user.
    private static string[] RolesOf(string? text)
    {
        var roles = text?.Split(' ') ?? [];
        Array.Sort(roles, StringComparer.Ordinal);
        return roles;
    }
}
