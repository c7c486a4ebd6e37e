using System.Reflection;
using System.Text.RegularExpressions;
using Roundtable.Application.Audit;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Roles;

namespace Roundtable.Tests.Architecture;

/// <summary>Permissions and audit actions are constants, collected from all files that declare them.</summary>
public sealed partial class NameListTests
{
    [Test]
    public void Permissions_AreAllListed_Once()
    {
        var constants = Constants(typeof(Permissions));
        Assert.That(constants, Is.Unique);
        Assert.That(Permissions.All, Is.EquivalentTo(constants).And.Count.GreaterThanOrEqualTo(20));
        Assert.That(constants, Has.All.Matches<string>(p => Permission().IsMatch(p)));
    }

    [Test]
    public void AuditActions_AreAllListed_Once()
    {
        var constants = Constants(typeof(AuditActions));
        Assert.That(constants, Is.Unique);
        Assert.That(AuditActions.All, Is.EquivalentTo(constants).And.Count.GreaterThanOrEqualTo(40));
        Assert.That(constants, Has.All.Matches<string>(a => Action().IsMatch(a) && a.Length <= AuditEntry.ActionMaxLength));
    }

    private static List<string> Constants(Type type) =>
        [
            .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(f => f.IsLiteral)
                .Select(f => (string)f.GetRawConstantValue()!),
        ];

    [GeneratedRegex("^[a-z]+(-?[A-Za-z][a-z]+)*:[a-z]+(-[a-z]+)*$")]
    private static partial Regex Permission();

    [GeneratedRegex(@"^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$")]
    private static partial Regex Action();
}
