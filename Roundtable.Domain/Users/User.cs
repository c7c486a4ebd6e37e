using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using Roundtable.Domain.Common;
using Roundtable.Domain.Roles;

namespace Roundtable.Domain.Users;

/// <summary>An account: identity, credentials, roles and bans. An Identity user with domain rules.</summary>
public sealed partial class User : IdentityUser<string>
{
    /// <summary>In Unicode code points, some of which take two <see cref="char"/> values.</summary>
    public const int NameMaxLength = 100;

    /// <summary>The storage size of the longest name, in UTF-16 code units.</summary>
    public const int NameMaxUnits = 2 * NameMaxLength;

    public const int ImageMaxLength = 2048;
    public const int BanReasonMaxLength = 500;

    /// <summary>Represents "without end" in <see cref="BannedUntilUtc"/>, so that one comparison tells whether a ban is in force.</summary>
    public static readonly DateTime Forever = DateTime.SpecifyKind(DateTime.MaxValue.Date, DateTimeKind.Utc);

    /// <summary>Represents "never" in <see cref="LastSeenOrEpochUtc"/>, so that the column sorts without nulls.</summary>
    public static readonly DateTime NeverSeen = DateTime.UnixEpoch;

    private readonly List<UserRole> roles = [];

    /// <summary>Used by <c>UserManager.CreateAsync</c>, which completes the instance; application code uses <see cref="Create"/>.</summary>
    public User() { }

    [AllowNull]
    public override string Email { get; set; } = null!;

    [AllowNull]
    public override string NormalizedEmail { get; set; } = null!;

    public bool EmailVerified { get; private set; }

    public string Name { get; private set; } = null!;

    /// <summary><see cref="NormalizeName"/> of <see cref="Name"/>, for sorting and searching.</summary>
    public string NormalizedName { get; private set; } = null!;

    /// <summary>The address of a picture on any server.</summary>
    public string? Image { get; private set; }

    /// <summary>The version of the uploaded picture, <see cref="UserPicture.GetVersion"/>; null if there is none.</summary>
    public string? PictureVersion { get; private set; }

    public UserOrigin Origin { get; private set; }

    public UserProfile Profile { get; private set; } = null!;

    public Credentials Credentials { get; private set; } = null!;

    public DateTime? BannedUntilUtc { get; private set; }

    public string? BanReason { get; private set; }

    public DateTime LastSeenOrEpochUtc { get; private set; } = NeverSeen;

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime UpdatedAtUtc { get; private set; }

    /// <summary>The change counter; the user's entity tag and optimistic concurrency token.</summary>
    public int Version { get; private set; }

    public IReadOnlyCollection<UserRole> Roles => roles;

    /// <summary>Creates an account that another system registered earlier.</summary>
    public static User Import(EmailAddress email, string? name, DateTime createdAtUtc) =>
        Create(email, name, UserOrigin.Imported, createdAtUtc);

    public static User Create(EmailAddress email, string? name, UserOrigin origin, DateTime nowUtc)
    {
        var user = new User();
        user.Complete(email, name, origin, nowUtc);
        return user;
    }

    /// <summary>Initializes an account that was created by its constructor alone.</summary>
    public void Complete(EmailAddress email, string? name, UserOrigin origin, DateTime nowUtc)
    {
        Id = EntityId.New(nowUtc);
        Origin = origin;
        Profile = new UserProfile(Id);
        Credentials = new Credentials(Id);
        CreatedAtUtc = nowUtc;
        UpdatedAtUtc = nowUtc;
        Version = 1;
        SetEmail(email);
        SetName(name ?? email.Value[..email.Value.IndexOf('@', StringComparison.Ordinal)]);
        roles.Add(new UserRole(Id, Role.UserName));
    }

    /// <summary>
    /// Returns the form of a name that sorting and searching compare. Folding can lengthen a name; the result is cut to its column.
    /// </summary>
    public static string NormalizeName(string name)
    {
        var folded = UnicodeText.Fold(name);
        return folded.Length <= NameMaxUnits
            ? folded
            : folded[..(char.IsHighSurrogate(folded[NameMaxUnits - 1]) ? NameMaxUnits - 1 : NameMaxUnits)];
    }

    public bool IsBanned(DateTime nowUtc) => BannedUntilUtc > nowUtc;

    /// <summary>Whether the registration is incomplete: the address was never verified, and no user has signed in.</summary>
    public bool IsUnproven => !EmailVerified && LastSeenOrEpochUtc == NeverSeen;

    /// <summary>
    /// Whether its credentials may have been set by someone who does not own the address: a sign-up with an unverified address.
    /// </summary>
    public bool IsUnverifiedSignUp => !EmailVerified && Origin == UserOrigin.SelfRegistered;

    /// <summary>Whether the account has a role besides <see cref="Role.UserName"/>.</summary>
    public bool HasFurtherRole => roles.Exists(r => r.RoleName != Role.UserName);

    public bool IsInRole(string role) => roles.Exists(r => r.RoleName == role);

    public void Rename(string name, DateTime nowUtc)
    {
        SetName(name);
        Touch(nowUtc);
    }

    public void ChangeImage(string? image, DateTime nowUtc)
    {
        Image = image;
        Touch(nowUtc);
    }

    public void ChangePicture(string? version, DateTime nowUtc)
    {
        PictureVersion = version;
        Touch(nowUtc);
    }

    public void ChangeProfile(string? bio, string? locale, string? timeZone, DateTime nowUtc)
    {
        Profile.Change(bio, locale, timeZone);
        Touch(nowUtc);
    }

    public void ChangeExtra(string? extra, DateTime nowUtc)
    {
        Profile.ChangeExtra(extra);
        Touch(nowUtc);
    }

    public void VerifyEmail(DateTime nowUtc)
    {
        EmailVerified = true;
        Touch(nowUtc);
    }

    /// <summary>Marks an account whose credentials were removed as created by an admin.</summary>
    public void Adopt(DateTime nowUtc)
    {
        Origin = UserOrigin.CreatedByAdmin;
        Touch(nowUtc);
    }

    /// <summary>Changes the address; <paramref name="verified"/> if its owner has proved that mail arrives there.</summary>
    public void ChangeEmail(EmailAddress email, bool verified, DateTime nowUtc)
    {
        if (EmailVerified && !verified)
        {
            // A proven owner of the account set its credentials: they are not those of an account pre-hijacking.
            Origin = UserOrigin.CreatedByAdmin;
        }

        SetEmail(email);
        EmailVerified = verified;
        Touch(nowUtc);
    }

    public void Ban(string reason, DateTime? untilUtc, DateTime nowUtc)
    {
        BanReason = reason;
        BannedUntilUtc = untilUtc ?? Forever;
        Touch(nowUtc);
    }

    public void Unban(DateTime nowUtc)
    {
        BanReason = null;
        BannedUntilUtc = null;
        Touch(nowUtc);
    }

    /// <summary>Replaces the roles; every account keeps <see cref="Role.UserName"/>.</summary>
    public void SetRoles(IEnumerable<string> names, DateTime nowUtc)
    {
        var wanted = names.Append(Role.UserName).ToHashSet(StringComparer.Ordinal);
        roles.RemoveAll(r => !wanted.Contains(r.RoleName));
        roles.AddRange(wanted.Where(n => !IsInRole(n)).Select(n => new UserRole(Id, n)).ToList());
        Touch(nowUtc);
    }

    /// <summary>Records activity. This is not a change of the account, so the version stays.</summary>
    public void Seen(DateTime nowUtc) => LastSeenOrEpochUtc = nowUtc;

    /// <summary>Records a change of <see cref="Credentials"/> alone.</summary>
    public void Touch(DateTime nowUtc)
    {
        UpdatedAtUtc = nowUtc;
        Version++;
    }

    private void SetEmail(EmailAddress email)
    {
        Email = email.Value;
        NormalizedEmail = email.Normalized;
    }

    private void SetName(string name)
    {
        var stored = UnicodeText.Nfc(name);
        Name = stored.Length > NameMaxLength ? string.Concat(stored.EnumerateRunes().Take(NameMaxLength)) : stored;
        NormalizedName = NormalizeName(Name);
    }
}
