using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>What every action must declare.</summary>
public sealed class ControllerTests
{
    // The fallback policy admits any session to these. Adding an action here is a deliberate decision.
    private static readonly string[] AnySession =
    [
        "OwnAccountController.Activity",
        "ProfileFieldsController.List",
        "SessionsController.List",
        "UsersController.Get",
        "UsersController.GetMe",
        "OwnProfileController.UpdateMe",
        "ImpersonationController.Stop",
    ];

    // What these leave behind lasts for minutes and says nothing about any user. FinishRegistration runs through Identity's own code to
    // AccountRules, which records it (PasskeyTests).
    private static readonly string[] NothingToRecord =
    [
        "PasskeysController.BeginSignIn",
        "PasskeysController.BeginRegistration",
        "PasskeysController.FinishRegistration",
    ];

    [Test]
    public void PublicMethods_AreActions()
    {
        ActionGuards.PublicMethodsAreActions(Product.Types).ShouldBeEmpty();
        Assert.That(Product.Types.Actions.ToList(), Has.Count.GreaterThan(20));
    }

    [Test]
    public void Actions_DeclareWhoMayCallThem() =>
        ActionGuards
            .CallersAreDeclared(Product.Types with { Named = [.. AnySession, .. Features.All.SelectMany(f => f.AnySession)] })
            .ShouldBeEmpty();

    [Test]
    public void Actions_AreNotBothOpenAndDemanding() => ActionGuards.OpenActionsDemandNothing(Product.Types).ShouldBeEmpty();

    [Test]
    public void AdminActions_AskForAPermission()
    {
        Assert.That(ActionGuards.Administration(Product.Types).ToList(), Has.Count.GreaterThan(8));
        ActionGuards.AdminActionsAskForAPermission(Product.Types).ShouldBeEmpty();
    }

    [Test]
    public void Actions_HaveAnOperationNameOfTheirOwn() => ActionGuards.OperationsHaveANameOfTheirOwn(Product.Types).ShouldBeEmpty();

    [Test]
    public void Operations_LogAsAKnownType() => ActionGuards.OperationsLogAsAKnownType(Product.Types).ShouldBeEmpty();

    [Test]
    public void Actions_TakeACancellationTokenLast() => ActionGuards.ActionsTakeACancellationToken(Product.Types).ShouldBeEmpty();

    [Test]
    public void Changes_AreRecordedInTheAuditLog_OrNamedHere() =>
        ConductGuards.ChangesAreAudited(Product.Types with { Named = NothingToRecord }).ShouldBeEmpty();
}
