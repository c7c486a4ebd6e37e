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
        "OwnApiKeysController.Get",
        "OwnApiKeysController.List",
        "OwnLoginsController.GetPending",
        "OwnLoginsController.List",
        "ProfileFieldsController.List",
        "SessionsController.List",
        "UsersController.Get",
        "UsersController.GetMe",
        "OwnPictureController.Remove",
        "OwnPictureController.Set",
        "OwnProfileController.UpdateMe",
        "UserPicturesController.Get",
        "ImpersonationController.Stop",
    ];

    // What these leave behind lasts for minutes and says nothing about any user. FinishRegistration runs through Identity's own code to
    // AccountRules, which records it (PasskeyTests).
    private static readonly string[] NothingToRecord =
    [
        "ExternalSignInController.Start",
        "MagicLinksController.Inspect",
        "OwnLoginsController.Connect",
        "OwnLoginsController.DropPending",
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
    public void Actions_DeclareAuthorization() =>
        ActionGuards
            .AuthorizationIsDeclared(Product.Types with { Exceptions = [.. AnySession, .. Features.All.SelectMany(f => f.AnySession)] })
            .ShouldBeEmpty();

    [Test]
    public void Actions_DoNotCombineAllowAnonymousWithRequirements() =>
        ActionGuards.AnonymousActionsHaveNoRequirements(Product.Types).ShouldBeEmpty();

    [Test]
    public void AdminActions_RequireAPermission()
    {
        Assert.That(ActionGuards.Administration(Product.Types).ToList(), Has.Count.GreaterThan(8));
        ActionGuards.AdminActionsRequireAPermission(Product.Types).ShouldBeEmpty();
    }

    [Test]
    public void Actions_HaveAUniqueOperationName() => ActionGuards.OperationNamesAreUnique(Product.Types).ShouldBeEmpty();

    [Test]
    public void Operations_HaveAKnownLogType() => ActionGuards.OperationsHaveAKnownLogType(Product.Types).ShouldBeEmpty();

    [Test]
    public void Actions_TakeACancellationTokenLast() => ActionGuards.ActionsTakeACancellationToken(Product.Types).ShouldBeEmpty();

    [Test]
    public void Changes_AreRecordedInTheAuditLog_OrListedAsExceptions() =>
        BehaviorGuards.ChangesAreAudited(Product.Types with { Exceptions = NothingToRecord }).ShouldBeEmpty();
}
