using Roundtable.Api.Common;
using Roundtable.Application.Common;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.OpenApi;

public sealed class ErrorCatalogTests
{
    // Shared use cases declare errors that these requests cannot cause.
    private static readonly string[] NeverAnswered =
    [
        // A user whose account is deleted has no session.
        "UsersController.GetMe: not_found",
        "OwnProfileController.UpdateMe: not_found",
        "AuthSessionController.Get: not_found",
        // Returned only if the session is ended between its commit and the response; the next request would get it as well.
        "MagicLinksController.Verify: unauthenticated",
        "MagicLinksController.VerifyCode: unauthenticated",
        "PasskeysController.FinishSignIn: unauthenticated",
        "PasswordsController.SignInWithPassword: unauthenticated",
        "TwoFactorController.Verify: unauthenticated",
        // In the results of single mails.
        "EmailsController.RetryMany: conflict",
        "EmailsController.RetryMany: not_found",
        // The user is read in the transaction that creates it.
        "AdminUsersController.Create: not_found",
        "OwnApiKeysController.Create: not_found",
        "ServiceAccountsController.Create: not_found",
        // It requests the first page.
        "OwnAccountController.Export: invalid_cursor",
        // It accepts any version.
        "ImpersonationController.Start: stale_version",
        "AdminApiKeysController.Revoke: stale_version",
        "WebhooksController.Rotate: stale_version",
        "AdminSessionsController.Revoke: stale_version",
        "AdminSessionsController.RevokeAll: stale_version",
        // Scopes are compared for service accounts only.
        "OwnApiKeysController.Rotate: forbidden",
        // Reported per user in the response.
        "AdminUsersController.Bulk: last_admin",
        "AdminUsersController.Bulk: not_found",
        "AdminUsersController.Bulk: not_on_yourself",
        "AdminUsersController.Bulk: stale_version",
        "AdminUsersController.BulkMatching: last_admin",
        "AdminUsersController.BulkMatching: not_found",
        "AdminUsersController.BulkMatching: not_on_yourself",
        "AdminUsersController.BulkMatching: stale_version",
    ];

    [Test]
    public void Catalog_HasEveryDeclaredCode()
    {
        Assert.That(Product.Types.Actions.Where(a => a.IsDefined(typeof(ProducesErrorsAttribute), false)), Is.Not.Empty);
        BehaviorGuards.DeclaredErrorsAreCataloged(Product.Types).ShouldBeEmpty();
    }

    [Test]
    public async Task Endpoints_DeclareEveryError_TheirServicesCanReturn() =>
        BehaviorGuards
            .ErrorsAreDeclared(
                Product.Types with
                {
                    Document = await ServedDocument.FetchAsync(),
                    Exceptions = [.. NeverAnswered, .. Features.All.SelectMany(f => f.NeverAnswered)],
                }
            )
            .ShouldBeEmpty();

    [Test]
    public void Catalog_HasTheReturnedStatus_ForEveryApplicationError()
    {
        BehaviorGuards.ErrorsHaveTheirCatalogedStatus(Product.Types).ShouldBeEmpty();
        Assert.Multiple(() =>
        {
            foreach (var error in (Error[])[Errors.NotFound("user", "1"), Errors.Invalid("email", FieldErrors.Invalid)])
            {
                Assert.That(ErrorCatalog.All.GetValueOrDefault(error.Code)?.Status, Is.EqualTo(ApiProblems.Status(error.Kind)), error.Code);
            }
        });
    }

    [Test]
    public void Meanings_AreSentences() =>
        Assert.That(ErrorCatalog.All.Values.Select(e => e.Meaning), Has.All.Matches<string>(m => char.IsUpper(m[0]) && m.EndsWith('.')));
}
