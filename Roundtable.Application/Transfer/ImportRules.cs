using Roundtable.Application.Accounts;
using Roundtable.Application.Profiles;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Transfer;

/// <summary>Makes an account of a row, or says why not.</summary>
public sealed class ImportRules(
    IPasswords passwords, ProfileFields fields, IReadOnlyDictionary<string, Role> roles, IReadOnlySet<string> callerPermissions, DateTime nowUtc)
{
    public (User? User, string? Code, string? Problem) Make(ImportRow row)
    {
        if ((row.Problem ?? Problem(row)) is { } problem)
        {
            return (null, "validation_failed", problem);
        }

        if (row.Roles.Any(r => !roles[r].Permissions.IsSubsetOf(callerPermissions)))
        {
            return (null, "forbidden", "A role holds a permission that you do not have.");
        }

        _ = EmailAddress.TryParse(row.Email, out var email);
        var name = string.IsNullOrWhiteSpace(row.Name) ? null : row.Name;
        var user = row.CreatedAtUtc is { } created ? User.Import(email, name, created) : User.Create(email, name, UserOrigin.Imported, nowUtc);
        Fill(user, row);
        return (user, null, null);
    }

    private string? Problem(ImportRow row)
    {
        if (!EmailAddress.TryParse(row.Email, out _))
        {
            return "email: This is not an e-mail address.";
        }

        if (!string.IsNullOrWhiteSpace(row.Name) && ProfileRules.Name(row.Name) is { } name)
        {
            return $"name: {name}";
        }

        if (row.Roles.FirstOrDefault(r => !roles.ContainsKey(r)) is { } unknown)
        {
            return $"roles: There is no role '{(unknown.Length > 64 ? unknown[..64] : unknown)}'.";
        }

        if (row.PasswordHash is { } hash && !passwords.IsKnownHash(hash))
        {
            return "passwordHash: This is no password hash of ASP.NET Core Identity or Better Auth.";
        }

        if (row.CreatedAtUtc > nowUtc)
        {
            return "createdAt: The time is in the future.";
        }

        if (row.BanReason is { } reason && (reason.Length > User.BanReasonMaxLength || ProfileRules.Text(reason, lineBreaks: true) is not null))
        {
            return "banReason: The text is too long or has control characters.";
        }

        return fields.Problems(row.Extra, ProfileFieldWriter.Admin).Select(p => $"{p.Field}: {p.Reason}").FirstOrDefault();
    }

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

        if (row.Roles.Count > 0)
        {
            user.SetRoles(row.Roles, nowUtc);
        }

        if (row.Extra.Count > 0)
        {
            user.ChangeExtra(fields.Merge(null, row.Extra), nowUtc);
        }

        if (row.Banned)
        {
            user.Ban(row.BanReason ?? "Imported as banned", null, nowUtc);
        }
    }
}
