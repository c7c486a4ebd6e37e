using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ServiceAccounts;

/// <summary>Validates service accounts.</summary>
internal static class ServiceAccountRules
{
    /// <summary>Returns the account's state as it is stored. Errors: <c>validation_failed</c>.</summary>
    public static Result<ServiceAccountState> Check(ServiceAccountRequestData wanted)
    {
        var problems = new Dictionary<string, FieldError[]>(StringComparer.Ordinal);
        Add("name", ApiKeyRules.Name(wanted.Name));
        Add("description", Description(wanted.Description));
        var isAddress = EmailAddress.TryParse(wanted.ContactEmail, out var contact);
        Add("contactEmail", isAddress ? null : FieldErrors.NotAnAddress);
        Add("roles", wanted.Roles.Any(r => r is null) ? FieldErrors.NoSuchRole : null);
        return problems.Count > 0
            ? Errors.Invalid(problems)
            : new ServiceAccountState(wanted.Name!.Trim(), wanted.Description?.Trim(), contact.Value, wanted.Disabled, wanted.Roles);

        void Add(string field, FieldError? problem)
        {
            if (problem is not null)
            {
                problems[field] = [problem];
            }
        }
    }

    private static FieldError? Description(string? text) =>
        text switch
        {
            null => null,
            { Length: > ServiceAccount.DescriptionMaxLength } => FieldErrors.TooLong("description", ServiceAccount.DescriptionMaxLength),
            _ => ProfileRules.Text(text, lineBreaks: true),
        };
}

/// <summary>What is wanted of a service account.</summary>
public sealed record ServiceAccountRequestData(
    string? Name,
    string? Description,
    string? ContactEmail,
    IReadOnlyList<string> Roles,
    bool Disabled = false
);

/// <summary>Changes to a service account; absent members stay unchanged.</summary>
public sealed record ServiceAccountPatch(
    Optional<string?> Name,
    Optional<string?> Description,
    Optional<string?> ContactEmail,
    Optional<IReadOnlyList<string>?> Roles,
    Optional<bool> Disabled
)
{
    internal ServiceAccountRequestData On(ServiceAccount account) =>
        new(
            Name.Or(account.Name),
            Description.Or(account.Description),
            ContactEmail.Or(account.ContactEmail),
            Roles.Or([.. account.Roles.Select(r => r.RoleName)]) ?? [],
            Disabled.Or(account.Disabled)
        );
}
