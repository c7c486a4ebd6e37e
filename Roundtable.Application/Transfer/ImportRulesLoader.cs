using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Application.Profiles;
using Roundtable.Application.Roles;

namespace Roundtable.Application.Transfer;

/// <summary>Loads the data that import rows are validated against.</summary>
[ScopedService]
public sealed class ImportRulesLoader(IRoleRepository roles, IPasswords passwords, ProfileFields fields, TimeProvider clock)
{
    public async Task<ImportRules> LoadAsync(Caller caller, CancellationToken ct)
    {
        var byName = (await roles.ListAsync(ct)).ToDictionary(r => r.Name, StringComparer.Ordinal);
        return new ImportRules(passwords, fields, byName, caller.Permissions, clock.GetUtcNow().UtcDateTime);
    }
}
