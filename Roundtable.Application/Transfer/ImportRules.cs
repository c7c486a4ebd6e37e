using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Transfer;

/// <summary>Creates an account from a row, or says why not.</summary>
public sealed class ImportRules(
    IPasswords passwords,
    ProfileFields fields,
    IReadOnlyDictionary<string, Role> roles,
    IReadOnlySet<string> callerPermissions,
    DateTime nowUtc
)
{
    public (User? User, string? Code, IReadOnlyList<ImportProblem> Problems) Build(ImportRow row)
    {
        // An unreadable cell is absent from the row; the others are still validated, so that a report lists all problems at once.
        var problems = row.Problems.Any(p => p.Field is null)
            ? row.Problems
            : [.. row.Problems.Concat(Problems(row)).DistinctBy(p => p.Field)];
        if (problems.Count > 0)
        {
            return (null, "validation_failed", problems);
        }

        if (row.Roles.Any(r => !roles[r].Permissions.IsSubsetOf(callerPermissions)))
        {
            return (null, "forbidden", [new ImportProblem(new("forbidden", "A role holds a permission that you do not have."))]);
        }

        _ = EmailAddress.TryParse(row.Email, out var email);
        var user = row.CreatedAtUtc is { } created
            ? User.Import(email, row.Name, created)
            : User.Create(email, row.Name, UserOrigin.Imported, nowUtc);
        Fill(user, row);
        return (user, null, []);
    }

    private IEnumerable<ImportProblem> Problems(ImportRow row)
    {
        if (!EmailAddress.TryParse(row.Email, out _))
        {
            yield return new ImportProblem(FieldErrors.NotAnAddress, "email");
        }

        if (row.Roles.FirstOrDefault(r => !roles.ContainsKey(r)) is { } unknown)
        {
            yield return new ImportProblem(FieldErrors.Unknown("role", unknown), "roles");
        }

        if (row.PasswordHash is { } hash && !passwords.IsKnownHash(hash))
        {
            yield return new ImportProblem(
                new("not_a_hash", "This is not a password hash of ASP.NET Core Identity or Better Auth."),
                "passwordHash"
            );
        }

        if (!row.Logins.All(IsLogin) || row.Logins.DistinctBy(l => l.Provider).Count() < row.Logins.Count)
        {
            yield return new ImportProblem(
                new("not_a_login", "A login needs a provider's name and an id of 1 to 256 characters, at most one for each provider."),
                "logins"
            );
        }

        if (row.CreatedAtUtc > nowUtc)
        {
            yield return new ImportProblem(new("in_the_future", "The time is in the future."), "createdAt");
        }

        if (
            row.BanReason is { } reason
            && (reason.Length > User.BanReasonMaxLength || ProfileRules.Text(reason, lineBreaks: true) is not null)
        )
        {
            yield return new ImportProblem(new("bad_characters", "The text is too long or has control characters."), "banReason");
        }

        foreach (
            var (field, reasons) in Profile(row).Check(fields, ProfileFieldWriter.Admin)?.Fields ?? new Dictionary<string, FieldError[]>()
        )
        {
            yield return new ImportProblem(reasons[0], field);
        }
    }

    private static bool IsLogin(TransferredLogin login) =>
        login is { Provider.Length: > 0 and <= UserLogin.ProviderMaxLength, Subject: { } subject }
        && UserLogin.IsSubject(subject)
        && ProfileRules.Text(login.Provider + subject) is null;

    // An absent name becomes the local part of the e-mail address.
    private static UserChanges Profile(ImportRow row) =>
        new()
        {
            Name = row.Name is null ? default : new Optional<string?>(row.Name),
            Image = new Optional<string?>(row.Image),
            Bio = new Optional<string?>(row.Bio),
            Locale = new Optional<string?>(row.Locale),
            TimeZone = new Optional<string?>(row.TimeZone),
            Extra = new Optional<IReadOnlyDictionary<string, ProfileValue>?>(row.Extra),
        };

    private void Fill(User user, ImportRow row)
    {
        if (row.EmailVerified)
        {
            user.VerifyEmail(nowUtc);
        }

        if (row.PasswordHash is { } hash)
        {
            user.Credentials.SetPassword(hash, EntityId.New(nowUtc), byOthers: true);
        }

        if (row.Logins.Count > 0)
        {
            // The owner of the address may not have connected them.
            user.Credentials.MarkSetByOthers();
        }

        if (row.Roles.Count > 0)
        {
            user.SetRoles(row.Roles, nowUtc);
        }

        if (row.Extra.Count > 0)
        {
            user.ChangeExtra(fields.Merge(null, row.Extra), nowUtc);
        }

        if (row.Image is not null)
        {
            user.ChangeImage(row.Image, nowUtc);
        }

        if (row is not { Bio: null, Locale: null, TimeZone: null })
        {
            user.ChangeProfile(row.Bio, row.Locale, row.TimeZone, nowUtc);
        }

        if (row.Banned && !(row.BannedUntilUtc <= nowUtc))
        {
            user.Ban(row.BanReason ?? "Imported as banned", row.BannedUntilUtc, nowUtc);
        }
    }
}
